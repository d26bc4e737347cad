package io.stagemark.engine.constant;

import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineInfo;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelCheck;
import io.stagemark.engine.ModelFile;
import java.util.List;
import java.util.Optional;

/**
 * An engine that does no work: its outputs are zeros. What a run with it costs is what the harness
 * itself costs.
 */
public final class ConstantEngine implements Engine {
  private static final String NAME = "constant";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("1", Optional.empty(), List.of("cpu"), List.of());
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
          "the CPU: this engine computes nothing that another device could do",
          "device: cpu",
          null);
    }
    return new LoadedModel() {
      private boolean closed;

      @Override
      public EngineSession newSession() throws EngineException {
        return newSession(model);
      }

      @Override
      public EngineSession newSession(ModelFile shapes) throws EngineException {
        if (closed) {
          throw new IllegalStateException("a session of a closed model");
        }
        return new ConstantSession(new ModelCheck(NAME, shapes));
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }
}
