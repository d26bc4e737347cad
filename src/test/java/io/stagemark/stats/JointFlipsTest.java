package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.stats.JointFlips.Statistic;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JointFlipsTest {
  private final SplittableRandom random = new SplittableRandom(20261201);

  // By hand, three pairs: sums of sizes 1, 2, 3 are 6, 4, 2, 0, 0, -2, -4, -6, and of the second
  // figure, in the same order of signs, 1 - 2 + 3 = 2 is the observed one.
  @Test
  void pGreater_oneFigure_isTheShareOfExchanges() {
    assertThat(JointFlips.pGreater(new double[][] {{1, 2, 3}}, Statistic.RANKS)[0])
        .isEqualTo(1 / 8.0);
    assertThat(JointFlips.pGreater(new double[][] {{1, -2, 3}}, Statistic.RANKS)[0])
        .isEqualTo(3 / 8.0);
    assertThat(JointFlips.pGreater(new double[][] {{0, 0, 0}}, Statistic.SIZES)[0]).isEqualTo(1);
  }

  @Test
  void pGreater_oneFigureByRanks_isTheSignedRankTest() {
    for (int i = 0; i < 50; i++) {
      double[] values = normals(9, 0.4);
      assertThat(JointFlips.pGreater(new double[][] {values}, Statistic.RANKS)[0])
          .isCloseTo(SignedRank.pGreater(values), within(1e-12));
      assertThat(JointFlips.pGreater(new double[][] {values}, Statistic.SIZES)[0])
          .isCloseTo(SignFlip.pGreater(values), within(1e-12));
    }
  }

  // Ten copies of one figure are one figure; Holm would take ten times the p-value.
  @ParameterizedTest
  @EnumSource
  void pGreater_copiesOfOneFigure_costNothing(Statistic statistic) {
    double[] values = normals(8, 1);
    double[][] copies = new double[10][];
    Arrays.fill(copies, values);
    double alone = JointFlips.pGreater(new double[][] {values}, statistic)[0];
    assertThat(JointFlips.pGreater(copies, statistic)).containsOnly(alone);
  }

  // Against plain loops over subsets of figures, as the book defines the procedure.
  @ParameterizedTest
  @EnumSource
  void pGreater_anyFigures_areThoseOfTheDefinition(Statistic statistic) {
    for (int round = 0; round < 20; round++) {
      double[][] values = {normals(7, 0), normals(7, 0.5), normals(7, 2), normals(7, -0.3)};
      assertThat(JointFlips.pGreater(values, statistic))
          .containsExactly(byDefinition(values, statistic), within(1e-12));
    }
  }

  private static double[] byDefinition(double[][] values, Statistic statistic) {
    int pairs = values[0].length;
    double[][] t = new double[1 << pairs][values.length];
    for (int code = 0; code < t.length; code++) {
      for (int k = 0; k < values.length; k++) {
        for (int i = 0; i < pairs; i++) {
          double x = values[k][i];
          double size = 1;
          for (double other : values[k]) {
            size += Math.abs(other) < Math.abs(x) ? 1 : 0;
          }
          double squares = Arrays.stream(values[k]).map(v -> v * v).sum();
          double score =
              statistic == Statistic.RANKS ? Math.signum(x) * size : x / Math.sqrt(squares / pairs);
          t[code][k] += (code >> i & 1) == 0 ? score : -score;
        }
      }
    }
    double[] p = new double[values.length];
    for (int k = 0; k < p.length; k++) {
      // the largest over every family that step-down went through before it
      for (int first = 0; first < p.length; first++) {
        if (t[0][first] < t[0][k]) {
          continue;
        }
        int count = 0;
        for (double[] exchanged : t) {
          double most = Double.NEGATIVE_INFINITY;
          for (int other = 0; other < p.length; other++) {
            most = t[0][other] <= t[0][first] ? Math.max(most, exchanged[other]) : most;
          }
          count += most >= t[0][first] - 1e-9 ? 1 : 0;
        }
        p[k] = Math.max(p[k], (double) count / t.length);
      }
    }
    return p;
  }

  // Six pairs are 64 exchanges: a clear change among nine figures of noise has the least p there
  // is.
  @Test
  void pGreater_aClearChangeAmongNoise_isFoundBySixPairs() {
    double[][] values = new double[10][];
    Arrays.setAll(values, k -> normals(6, k == 0 ? 100 : 0));
    assertThat(JointFlips.pGreater(values, Statistic.SIZES)[0]).isEqualTo(1 / 64.0);
  }

  // What is far from slower, and hardly varies, is no rival of what is slower.
  @Test
  void pGreater_clearChangeBesideAClearImprovement_isFoundBySixPairs() {
    double[][] values = {normals(6, 20), {-3, -3, -3, -3, -3, -3}, normals(6, -50)};
    assertThat(JointFlips.pGreater(values, Statistic.SIZES)).startsWith(1 / 64.0, 1, 1);
  }

  // Two figures are slower, eight are not, and all share half of their noise: how often one of the
  // eight is found by chance. 1,000 families at 0.05: 72 or more would come once in a thousand.
  @ParameterizedTest
  @EnumSource
  void pGreater_figuresWithoutAChange_areFoundNoMoreOftenThanAlpha(Statistic statistic) {
    int wrong = 0;
    for (int round = 0; round < 1000; round++) {
      double[] shared = normals(9, 0);
      double[][] values = new double[10][];
      Arrays.setAll(
          values,
          k -> {
            double[] own = normals(9, k < 2 ? 5 : 0);
            Arrays.setAll(own, i -> own[i] + shared[i]);
            return own;
          });
      double[] p = JointFlips.pGreater(values, statistic);
      wrong += Arrays.stream(p).skip(2).anyMatch(each -> each < 0.05) ? 1 : 0;
    }
    assertThat(wrong).isLessThan(72);
  }

  // Above sixteen pairs exchanges are drawn; the exact test of one figure is the reference.
  @Test
  void pGreater_manyPairs_isCloseToTheExactTest() {
    double[] values = normals(25, 0.4);
    double exact = SignedRank.pGreater(values);
    assertThat(JointFlips.pGreater(new double[][] {values}, Statistic.RANKS)[0])
        .isCloseTo(exact, within(4 * Math.sqrt(exact / 100_000) + 1e-5));
    double[] clear = normals(25, 50);
    assertThat(JointFlips.pGreater(new double[][] {clear}, Statistic.RANKS)[0])
        .isBetween(9e-6, 3e-5);
  }

  @Test
  void pGreater_rowsThatDiffer_areRefused() {
    assertThat(JointFlips.pGreater(new double[0][], Statistic.RANKS)).isEmpty();
    assertThatThrownBy(() -> JointFlips.pGreater(new double[][] {{1, 2}, {1}}, Statistic.RANKS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JointFlips.pGreater(new double[][] {{1, Double.NaN}}, Statistic.SIZES))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private double[] normals(int count, double mean) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> mean + random.nextGaussian());
    return values;
  }
}
