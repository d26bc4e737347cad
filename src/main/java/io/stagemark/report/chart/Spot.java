package io.stagemark.report.chart;

/**
 * A point of a picture, in px, y downwards.
 *
 * @param x to the right
 * @param y downwards
 */
public record Spot(double x, double y) {}
