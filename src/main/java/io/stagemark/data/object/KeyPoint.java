package io.stagemark.data.object;

/**
 * A named place of an object, such as a person's left knee.
 *
 * @param x in source-image pixels
 * @param y in source-image pixels
 * @param visibility of a true point 0 (not labelled), 1 (labelled, hidden) or 2 (seen); of a
 *     predicted one the model's confidence, a ratio in [0, 1], or 1 of a model that gives none
 */
public record KeyPoint(double x, double y, double visibility) {}
