package io.stagemark.result.comparison;

/**
 * Something in which the two sides of a comparison differ: what a pull request changed.
 *
 * @param what such as {@code model.task.decoder.scoreThreshold}, {@code data set} or {@code build}
 * @param baseline as it was there; empty where it was not there
 * @param candidate as it is there; empty where it is gone
 */
public record Change(String what, String baseline, String candidate) {}
