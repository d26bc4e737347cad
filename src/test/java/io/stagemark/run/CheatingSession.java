package io.stagemark.run;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineSession;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An engine that computes its outputs in about a millisecond, or finds a way around it. */
final class CheatingSession implements EngineSession {
  /** How it gets its outputs. */
  enum Cheat {
    /** Computes each time. */
    HONEST,
    /** The same numbers whatever the input. */
    ONE_OUTPUT,
    /** Computes every second time. */
    SKIPS,
    /** Keeps the answer to each input it has seen. */
    REMEMBERS,
    /** Computes once for all inputs that begin alike. */
    CONFUSES,
    /** Computes honestly which of two classes it is: the same answer for many inputs. */
    HONEST_CLASS,
    /** Computes honestly that there is nothing: no row of its output. */
    HONEST_NOTHING
  }

  private static final int ROUNDS = 20_000;

  final Tensor input;
  final Tensor output;
  private final Cheat way;
  private final Map<List<Float>, float[]> answers = new HashMap<>();
  private int forwards;

  CheatingSession(Cheat way) {
    this.way = way;
    input = Tensor.allocate(new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 16L)));
    output =
        Tensor.allocate(
            switch (way) {
              case HONEST_CLASS -> new TensorSpec("y", ElementType.INT64, List.of(1L));
              case HONEST_NOTHING -> new TensorSpec("y", ElementType.FLOAT32, List.of(1L, 0L));
              default -> new TensorSpec("y", ElementType.FLOAT32, List.of(1L, 32L));
            });
  }

  @Override
  public List<TensorSpec> inputs() {
    return List.of(input.spec());
  }

  @Override
  public List<TensorSpec> outputs() {
    return List.of(output.spec());
  }

  @Override
  public Tensor input(int index) {
    return input;
  }

  @Override
  public void forward() {
    forwards++;
    float[] in = new float[16];
    input.floats().get(0, in);
    switch (way) {
      case HONEST -> write(computed(in));
      case HONEST_NOTHING -> computed(in);
      case ONE_OUTPUT -> write(computed(new float[16]));
      case SKIPS -> {
        if (forwards % 2 == 1) {
          write(computed(in));
        }
      }
      case REMEMBERS -> write(answers.computeIfAbsent(boxed(in), key -> computed(in)));
      case CONFUSES -> write(computed(new float[] {1 + Math.round(in[0])}));
      case HONEST_CLASS -> output.longs().put(0, in[5] > 0.2f ? 1 : 0);
    }
  }

  private static List<Float> boxed(float[] in) {
    Float[] boxed = new Float[in.length];
    Arrays.setAll(boxed, i -> in[i]);
    return List.of(boxed);
  }

  private void write(float[] values) {
    output.floats().put(0, values);
  }

  private static float[] computed(float[] in) {
    float[] out = new float[32];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < out.length; i++) {
        out[i] = 0.5f * out[i] + in[(i + round) % in.length] * (i + 1);
      }
    }
    return out;
  }

  @Override
  public Tensor output(int index) {
    return output;
  }

  @Override
  public void close() {}
}
