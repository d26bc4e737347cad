package io.stagemark.dataset.voc;

/**
 * One annotated object, its box as the file has it: the first and the last pixel of each axis.
 *
 * @param where such as {@code Annotations/2007_000027.xml:28}
 * @param name of its class
 * @param xmin first column
 * @param ymin first row
 * @param xmax last column
 * @param ymax last row
 * @param difficult whether it counts for nothing
 */
record VocObject(
    String where,
    String name,
    double xmin,
    double ymin,
    double xmax,
    double ymax,
    boolean difficult) {}
