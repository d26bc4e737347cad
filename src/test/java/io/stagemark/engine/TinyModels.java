package io.stagemark.engine;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models of {@code src/test/resources/engine}; {@code make_models.py} says what each does. */
public final class TinyModels {
  private TinyModels() {}

  /** Returns the path of one of the files. */
  public static Path path(String file) {
    try {
      return Path.of(TinyModels.class.getResource("/engine/" + file).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns a card over one of the files. */
  public static ModelFile model(String file, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    return new ModelFile("tiny", Optional.of(path(file)), inputs, outputs);
  }

  /** Returns a card of one input and one output over one of the files. */
  public static ModelFile model(String file, TensorSpec input, TensorSpec output) {
    return model(file, List.of(input), List.of(output));
  }

  /** Returns a float32 tensor's spec. */
  public static TensorSpec float32(String name, long... shape) {
    return new TensorSpec(name, ElementType.FLOAT32, Arrays.stream(shape).boxed().toList());
  }

  /** Returns an engine's default settings on a device, with these options instead. */
  public static EngineSettings settings(Engine engine, Device device, String... options) {
    Map<String, String> all = new HashMap<>();
    engine.info().options().forEach(option -> all.put(option.name(), option.defaultValue()));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    // one JVM has one libtorch thread count: every test of the project asks for 1
    return new EngineSettings(device, 1, all);
  }

  /** Fills an input with these values. */
  public static void fill(EngineSession session, int input, float... values) {
    for (int i = 0; i < values.length; i++) {
      session.input(input).floats().put(i, values[i]);
    }
  }

  /** Returns all values of a float32 output. */
  public static float[] floats(EngineSession session, int output) {
    float[] values = new float[(int) session.output(output).spec().elements()];
    session.output(output).floats().get(0, values);
    return values;
  }
}
