package io.stagemark.postprocess.decoder.dense;

import java.util.Optional;

/**
 * Candidates whose numbers are together in the outputs: those of one stride, or all.
 *
 * @param count how many
 * @param classes the class scores
 * @param objectness one number by which the class scores are multiplied; empty: none
 * @param boxes the numbers of the boxes
 */
public record Level(int count, Numbers classes, Optional<Numbers> objectness, Numbers boxes) {

  /** A level without objectness. */
  public static Level of(int count, Numbers classes, Numbers boxes) {
    return new Level(count, classes, Optional.empty(), boxes);
  }
}
