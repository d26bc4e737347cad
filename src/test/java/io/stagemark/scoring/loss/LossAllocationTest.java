package io.stagemark.scoring.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stagemark.scoring.Loss;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A loss over a dense map allocates its result and the handful of objects that lead to it, once its
 * code is compiled; nothing a term.
 */
final class LossAllocationTest {
  /**
   * Under a byte for eight terms of the smaller map, so one object a term, a row or a vector would
   * show. Which of the few objects of a call the compiler keeps off the heap depends on what else
   * the JVM has run: 40 to 128 bytes alone, 160 after the other tests.
   */
  private static final int RESULT_BYTES = 512;

  private static final int ROUNDS = 100;
  private static final int CALLS = 50;

  static Stream<Loss> losses() {
    return Stream.of(new BceWithLogits(), new Focal(), new FocalSeed());
  }

  private static long bytesPerCall(Loss loss, int terms, int warmUps) {
    SplittableRandom random = new SplittableRandom(1);
    float[] logits = new float[terms];
    float[] targets = new float[terms];
    for (int i = 0; i < terms; i++) {
      logits[i] = (float) (8 * random.nextDouble() - 4);
      targets[i] = random.nextInt(2);
    }
    ScoreTensor predictions = ScoreTensor.of(logits, terms);
    ScoreTensor truth = ScoreTensor.of(targets, terms);
    ScoreArguments arguments = loss.description().defaults();
    for (int i = 0; i < warmUps; i++) {
      loss.evaluate(predictions, truth, arguments);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    // on a busy machine the compiler may be behind: it has as many rounds as it takes, to a limit
    for (int round = 0; round < ROUNDS && least >= RESULT_BYTES; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        loss.evaluate(predictions, truth, arguments);
      }
      least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / CALLS);
    }
    return least;
  }

  @ParameterizedTest
  @MethodSource("losses")
  void evaluate_manyTerms_allocatesNoMoreThanFew(Loss loss) {
    // compiled code first: until then the Vector API's values are objects
    assertThat(bytesPerCall(loss, 4096, 20_000)).isLessThan(RESULT_BYTES);
    assertThat(bytesPerCall(loss, 400_000, 20)).isLessThan(RESULT_BYTES);
  }
}
