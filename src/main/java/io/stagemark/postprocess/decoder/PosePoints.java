package io.stagemark.postprocess.decoder;

/**
 * Where the key points of candidates are.
 *
 * @param values of each candidate, point by point: x, y and, of three numbers, the confidence that
 *     the point is seen
 * @param points how many
 * @param numbers of a point, 2 or 3
 * @param scaleX pixels of the model's input for one of x
 * @param scaleY likewise of y
 */
public record PosePoints(
    CandidateValues values, int points, int numbers, double scaleX, double scaleY) {}
