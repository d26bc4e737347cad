package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EDivisiveTest {
  /** Annual flow of the Nile at Aswan, 1871–1970 (Cobb, 1978): it fell after 1898. */
  private static final double[] NILE = {
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180,
    799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833,
    701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845,
    864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649,
    846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975, 815,
    1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740
  };

  private static double[] mongodb() throws Exception {
    Path file = Path.of("src", "test", "resources", "stats", "mongodb-perf-1635.txt");
    return Files.readAllLines(file).stream()
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> Arrays.stream(line.split(" ", -1)))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  // Values of test_perf_1635.py and e_divisive_series.py beside the series; their weight mn/(m+n)
  // is
  // a whole-number division.
  @Test
  void divergences_mongodbSeries_areThePublishedValues() throws Exception {
    double[] small = {1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3};
    assertThat(floored(small, 2)).isCloseTo(1.3777777777777778, within(1e-12));
    assertThat(floored(small, 4)).isCloseTo(4.428571428571429, within(1e-12));
    assertThat(floored(small, 9)).isCloseTo(4.666666666666666, within(1e-12));
    double[] series = mongodb();
    assertThat(floored(series, 2)).isCloseTo(1020.0976339462109, within(1e-6));
    assertThat(floored(series, 3)).isCloseTo(2499.3041214852033, within(1e-6));
    assertThat(floored(series, 25)).isCloseTo(35165.412034836125, within(1e-6));
    assertThat(floored(series, 114)).isCloseTo(73663.30554401591, within(1e-6));
    assertThat(floored(series, 115)).isCloseTo(74044.77045705968, within(1e-6));
  }

  private static double floored(double[] series, int n) {
    int m = series.length - n;
    double weight = (double) m * n / (m + n);
    return new EnergySegment(series, 0, series.length, 0).divergences()[n]
        * Math.floor(weight)
        / weight;
  }

  // It jumps up at place 25, comes down from 64 on and jumps up at 114.
  @Test
  void find_mongodbSeries_findsItsJumps() throws Exception {
    assertThat(EDivisive.find(mongodb(), 0.01)).containsExactly(25, 64, 69, 114);
  }

  @Test
  void find_nile_isTheYear1899Alone() {
    assertThat(EDivisive.find(NILE, 0.01)).containsExactly(28);
  }

  // As the tests of mongodb/signal-processing-algorithms ask: zeros, then as many ones.
  @Test
  void find_step_isTheStep() {
    for (int length = 6; length < 40; length += 3) {
      double[] series = new double[2 * length];
      Arrays.fill(series, length, 2 * length, 1);
      assertThat(EDivisive.find(series, 0.01)).containsExactly(length);
    }
  }

  @Test
  void find_plantedShifts_areFoundWithinOnePlace() {
    SplittableRandom random = new SplittableRandom(3);
    double[] series = new double[60];
    for (int i = 0; i < series.length; i++) {
      double level = i < 20 ? 10 : i < 45 ? 11 : 9.5;
      series[i] = level + 0.1 * (random.nextDouble() - 0.5);
    }
    assertThat(EDivisive.find(series, 0.01)).containsExactly(20, 45);
  }

  @Test
  void find_shortOrConstantSeries_findsNothing() {
    assertThat(EDivisive.find(new double[0], 0.05)).isEmpty();
    assertThat(EDivisive.find(new double[] {1, 2, 3, 4, 5}, 0.05)).isEmpty();
    assertThat(EDivisive.find(new double[30], 0.05)).isEmpty();
  }

  // The second change that is found is to the right of the first.
  @Test
  void find_reversedShifts_areFoundAsWell() {
    SplittableRandom random = new SplittableRandom(3);
    double[] series = new double[60];
    for (int i = 0; i < series.length; i++) {
      double level = i < 15 ? 9.5 : i < 40 ? 11 : 10;
      series[i] = level + 0.1 * (random.nextDouble() - 0.5);
    }
    assertThat(EDivisive.find(series, 0.01)).containsExactly(15, 40);
  }
}
