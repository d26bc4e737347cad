package io.stagemark.inspect.head;

import java.util.List;
import java.util.Optional;

/**
 * How the numbers behind the classes are key points.
 *
 * @param points how many
 * @param numbers of each, 2 or 3
 */
record KeyPointShape(long points, long numbers) {

  /**
   * Returns the shape of so many numbers: that of the metadata's {@code kpt_shape} where it fits,
   * else three numbers a point, else two; empty if they are neither.
   */
  static Optional<KeyPointShape> of(HeadContext model, long values) {
    Optional<List<Integer>> stated = model.metadata().keypoints();
    if (stated.isPresent() && (long) stated.get().get(0) * stated.get().get(1) == values) {
      return Optional.of(new KeyPointShape(stated.get().get(0), stated.get().get(1)));
    }
    if (values <= 0 || (values % 3 != 0 && values % 2 != 0)) {
      return Optional.empty();
    }
    long numbers = values % 3 == 0 ? 3 : 2;
    return Optional.of(new KeyPointShape(values / numbers, numbers));
  }

  /** Returns a head with a decoder of such key points. */
  Head on(Head head, String decoder) {
    return head.decoder(decoder)
        .parameter("keyPoints", Long.toString(points))
        .parameter("keyPointNumbers", Long.toString(numbers));
  }
}
