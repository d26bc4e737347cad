package io.stagemark.scoring.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.object.ObjectOutlines;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Masks of pictures of 6x6 px, columns first; worked by hand. */
final class RunLengthMaskTest {
  /** Columns 1 to 3 of rows 1 and 2. */
  private static final RunLengthMask BLOCK = mask(7, 2, 4, 2, 4, 2, 15);

  /** Columns 2 to 4 of rows 1 and 2. */
  private static final RunLengthMask BESIDE = mask(13, 2, 4, 2, 4, 2, 9);

  private static RunLengthMask mask(Integer... counts) {
    return RunLengthMask.of(6, 6, List.of(counts));
  }

  private static RunLengthMask polygons(double... corners) {
    return RunLengthMask.of(
        ObjectOutlines.mask(6, 6, List.of(Arrays.stream(corners).boxed().toList())));
  }

  // two of three columns are shared: 4 of 8 pixels
  @Test
  void overlap_halfOfTheUnion_isHalf() {
    assertThat(BLOCK.areaPx()).isEqualTo(6);
    assertThat(BLOCK.overlap(BESIDE, false)).isCloseTo(0.5, within(1e-15));
    assertThat(BESIDE.overlap(BLOCK, false)).isCloseTo(0.5, within(1e-15));
    assertThat(BLOCK.overlap(BLOCK, false)).isEqualTo(1);
  }

  @Test
  void overlap_withACrowd_isTheShareThatLiesInIt() {
    RunLengthMask all = mask(0, 36);
    assertThat(BLOCK.overlap(all, true)).isEqualTo(1);
    assertThat(BLOCK.overlap(all, false)).isCloseTo(6 / 36.0, within(1e-15));
    assertThat(all.overlap(BLOCK, true)).isCloseTo(6 / 36.0, within(1e-15));
  }

  @Test
  void overlap_nothing_isZero() {
    assertThat(mask(36).overlap(mask(36), false)).isZero();
    assertThat(mask(36).overlap(BLOCK, false)).isZero();
    assertThat(mask(36).areaPx()).isZero();
  }

  @Test
  void of_emptyRunsInside_areTheSameMask() {
    assertThat(mask(7, 1, 0, 1, 4, 2, 4, 2, 15).overlap(BLOCK, false)).isEqualTo(1);
  }

  // the edges of whole pixels: 3 wide and 2 high
  @Test
  void ofPolygons_rectangleOfWholePixels_isThosePixels() {
    assertThat(polygons(1, 1, 4, 1, 4, 3, 1, 3).overlap(BLOCK, false)).isEqualTo(1);
    assertThat(polygons(1, 3, 4, 3, 4, 1, 1, 1).overlap(BLOCK, false))
        .as("the other way round")
        .isEqualTo(1);
    assertThat(polygons(-9, -9, 90, -9, 90, 90, -9, 90).areaPx()).as("beyond").isEqualTo(36);
  }

  // below the diagonal from (0, 0) to (6, 6): a pixel counts where its middle is below the edge
  @Test
  void ofPolygons_triangle_isHalfOfTheSquareOrItsDiagonalMore() {
    assertThat(polygons(0, 0, 6, 6, 0, 6).areaPx()).isBetween(15L, 21L);
  }

  @Test
  void ofPolygons_two_areTheirUnion() {
    RunLengthMask union =
        RunLengthMask.of(
            ObjectOutlines.mask(
                6,
                6,
                List.of(
                    List.of(1.0, 1.0, 3.0, 1.0, 3.0, 3.0, 1.0, 3.0),
                    List.of(2.0, 1.0, 4.0, 1.0, 4.0, 3.0, 2.0, 3.0))));
    assertThat(union.overlap(BLOCK, false)).isEqualTo(1);
  }

  @Test
  void of_otherNumberOfPixels_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> mask(7, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> mask(40, -4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BLOCK.overlap(RunLengthMask.of(4, 9, List.of(36)), false));
  }
}
