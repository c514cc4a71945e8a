/** The names of the ten classes of MNIST and of the drawn digits. */
export const digitClasses: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
