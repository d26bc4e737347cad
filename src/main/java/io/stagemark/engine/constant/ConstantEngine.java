package io.stagemark.engine.constant;

import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineInfo;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import java.util.List;
import java.util.Optional;

/**
 * An engine that does no work: its outputs are zeros. What a run with it costs is what the harness
 * itself costs.
 */
public final class ConstantEngine implements Engine {

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("1", Optional.empty(), List.of("cpu"), List.of());
  }

  @Override
  public LoadedModel load(ModelFile model, EngineSettings settings) {
    return new LoadedModel() {
      @Override
      public EngineSession newSession() {
        return new ConstantSession(model);
      }

      @Override
      public void close() {}
    };
  }
}
