package io.stagemark.scoring.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stagemark.scoring.Loss;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A loss over a dense map allocates its result and the handful of objects that lead to it, once its
 * code is compiled; nothing a term. Each is measured in a JVM of its own, as a trial is: behind
 * thousands of other tests the compiler knows so many callers that it may keep the Vector API's
 * values on the heap (22 bytes a term were seen).
 */
final class LossAllocationTest {
  /** Under a byte for eight terms of the smaller map: one object a row of 64 would show. */
  private static final long RESULT_BYTES = 512;

  private static final Map<String, Loss> LOSSES =
      Map.of(
          "bce-logits",
          new BceWithLogits(),
          "focal",
          new Focal(),
          "focal-unweighted",
          new FocalUnweighted());

  @ParameterizedTest
  @ValueSource(strings = {"bce-logits", "focal", "focal-unweighted"})
  void evaluate_manyTerms_allocatesNoMoreThanFew(String loss) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-classpath",
                System.getProperty("java.class.path"),
                OwnJvm.class.getName(),
                loss)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    List<Long> bytes = printed.lines().map(Long::valueOf).toList();
    assertThat(bytes).hasSize(2).allMatch(b -> b > 0 && b < RESULT_BYTES);
  }

  /** Prints the bytes of a call over 4096 terms, and over 400,000. */
  static final class OwnJvm {
    private static final int ROUNDS = 100;
    private static final int CALLS = 50;

    private OwnJvm() {}

    public static void main(String[] args) {
      Loss loss = Objects.requireNonNull(LOSSES.get(args[0]));
      System.out.println(bytesPerCall(loss, 4096, 20_000));
      System.out.println(bytesPerCall(loss, 400_000, 20));
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
  }
}
