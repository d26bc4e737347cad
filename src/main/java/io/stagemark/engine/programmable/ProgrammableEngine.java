package io.stagemark.engine.programmable;

import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineInfo;
import io.stagemark.engine.EngineOption;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelCheck;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.constant.ConstantEngine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine that spins for exactly known times: what a run reports of it can be held against the
 * truth.
 */
public final class ProgrammableEngine implements Engine {
  private static final String NAME = "programmable";

  /** What the engine is asked for by its options. */
  record Program(LatencyPattern pattern, Stalls stalls, boolean records) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EngineInfo info() {
    List<String> shapes =
        Arrays.stream(LatencyPattern.Shape.values()).map(LatencyPattern.Shape::label).toList();
    return new EngineInfo(
        "1",
        Optional.empty(),
        List.of("cpu"),
        List.of(
            new EngineOption("distribution", shapes, "constant", "How forward times are spread."),
            new EngineOption("micros", List.of(), "1000", "The base of the times, in µs."),
            new EngineOption("seed", List.of(), "1", "Of the random shapes."),
            new EngineOption(
                "stallMillis", List.of(), "0", "How long nothing goes on, in ms; 0 for never."),
            new EngineOption(
                "stallEveryMillis", List.of(), "2000", "From one such stall to the next, in ms."),
            new EngineOption(
                "record",
                List.of("true", "false"),
                "false",
                "Whether a session writes what each forward took into the folder of its trial.")));
  }

  @Override
  public boolean opensOtherShapes() {
    return true;
  }

  @Override
  public LoadedModel load(ModelFile model, EngineSettings settings) throws EngineException {
    ModelCheck check = new ModelCheck(NAME, model);
    if (!settings.device().isCpu()) {
      throw check.problem(
          "device %s".formatted(settings.device()),
          "the CPU: this engine spins, which another device cannot do",
          "device: cpu",
          null);
    }
    Stalls stalls = Stalls.of(settings);
    if (!stalls.possible()) {
      throw check.problem(
          "stalls of %s ms every %s ms"
              .formatted(settings.option("stallMillis"), settings.option("stallEveryMillis")),
          "stallMillis below stallEveryMillis",
          "stallEveryMillis: 2000",
          null);
    }
    Program program =
        new Program(
            LatencyPattern.of(settings), stalls, Boolean.parseBoolean(settings.option("record")));
    LoadedModel memory = new ConstantEngine().load(model, settings);
    AtomicInteger sessions = new AtomicInteger();
    return new LoadedModel() {
      @Override
      public EngineSession newSession() throws EngineException {
        return newSession(model);
      }

      @Override
      public EngineSession newSession(ModelFile shapes) throws EngineException {
        Path file = SpunTimes.folder().resolve(SpunTimes.fileName(sessions.getAndIncrement()));
        return new ProgrammableSession(memory.newSession(shapes), program, file);
      }

      @Override
      public void close() {
        memory.close();
      }
    };
  }
}
