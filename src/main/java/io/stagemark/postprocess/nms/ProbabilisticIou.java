package io.stagemark.postprocess.nms;

/**
 * ProbIoU: how alike the Gaussians of two rotated rectangles are, 1 − the Hellinger distance. A
 * rectangle w × h turned by θ is the Gaussian of the same mean and covariance as the uniform
 * distribution on it: w²/12 and h²/12 along its sides.
 *
 * <p>With covariances summed to (a, b, c) for xx, yy and xy, and the centres dx, dy apart, the
 * Bhattacharyya distance is
 *
 * <pre>
 *   D = (a·dy² + b·dx² − 2·c·dx·dy) / (4·(a·b − c²)) + ½·ln((a·b − c²) / (4·√(det₁·det₂)))
 * </pre>
 *
 * and ProbIoU is 1 − √(1 − e^−D). As Ultralytics computes it ({@code batch_probiou}): 1e-7 is added
 * to each denominator, to the logarithm's argument and below the root, and D is kept in [1e-7,
 * 100]; here in double precision.
 *
 * <p>Source: Llerena et al., Gaussian Bounding Boxes and Probabilistic Intersection-over-Union,
 * 2021, <a href="https://arxiv.org/abs/2106.06072">arXiv:2106.06072</a>.
 */
final class ProbabilisticIou {
  private static final double EPSILON = 1e-7;
  private static final double MAX_DISTANCE = 100;

  private ProbabilisticIou() {}

  /** Returns the ratio of two candidates. */
  static double of(RotatedBoxes boxes, int first, int second) {
    double[] covariances = boxes.covariances();
    double a1 = covariances[3 * first];
    double b1 = covariances[3 * first + 1];
    double c1 = covariances[3 * first + 2];
    double a2 = covariances[3 * second];
    double b2 = covariances[3 * second + 1];
    double c2 = covariances[3 * second + 2];
    double dx = boxes.centres()[2 * first] - boxes.centres()[2 * second];
    double dy = boxes.centres()[2 * first + 1] - boxes.centres()[2 * second + 1];
    double a = a1 + a2;
    double b = b1 + b2;
    double c = c1 + c2;
    double determinant = a * b - c * c;
    double apart =
        (a * dy * dy + b * dx * dx) / (determinant + EPSILON) / 4
            - c * dx * dy / (determinant + EPSILON) / 2;
    double own = Math.max(a1 * b1 - c1 * c1, 0) * Math.max(a2 * b2 - c2 * c2, 0);
    double shapes = Math.log(determinant / (4 * Math.sqrt(own) + EPSILON) + EPSILON) / 2;
    double distance = Math.min(Math.max(apart + shapes, EPSILON), MAX_DISTANCE);
    return 1 - Math.sqrt(1 - Math.exp(-distance) + EPSILON);
  }
}
