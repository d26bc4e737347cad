package io.stagemark.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelCheck;
import io.stagemark.engine.ModelFile;
import java.nio.file.Path;
import java.util.Map;

/**
 * One native session, which is thread-safe and shared by every {@link OnnxRuntimeSession}: they
 * share its weights and its intra-op thread pool.
 */
final class OnnxRuntimeModel implements LoadedModel {
  private static final Map<String, OptLevel> LEVELS =
      Map.of(
          "none", OptLevel.NO_OPT,
          "basic", OptLevel.BASIC_OPT,
          "extended", OptLevel.EXTENDED_OPT,
          "all", OptLevel.ALL_OPT);

  private final ModelCheck check;
  private final OrtEnvironment environment;
  private final SessionOptions options;
  private final OrtSession session;
  private boolean closed;

  private OnnxRuntimeModel(
      ModelCheck check, OrtEnvironment environment, SessionOptions options, OrtSession session) {
    this.check = check;
    this.environment = environment;
    this.options = options;
    this.session = session;
  }

  static OnnxRuntimeModel load(ModelFile model, EngineSettings settings) throws EngineException {
    ModelCheck check = new ModelCheck(OnnxRuntimeEngine.NAME, model);
    Path file = check.file();
    OrtEnvironment environment = NativeRuntime.start(check);
    SessionOptions options = new SessionOptions();
    try {
      configure(options, settings, check);
      OrtSession session = environment.createSession(file.toString(), options);
      return new OnnxRuntimeModel(check, environment, options, session);
    } catch (OrtException e) {
      options.close();
      throw check.problem(
          OnnxTypes.reason(e),
          "an ONNX model that ONNX Runtime %s can load".formatted(environment.getVersion()),
          "check that the file is whole and of format onnx, for example its SHA-256 on the card",
          e);
    } catch (EngineException e) {
      options.close();
      throw e;
    }
  }

  private static void configure(SessionOptions options, EngineSettings settings, ModelCheck check)
      throws OrtException, EngineException {
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    options.setIntraOpNumThreads(settings.threads());
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(LEVELS.get(settings.option(OnnxRuntimeEngine.OPTIMIZATION)));
    boolean spinning = Boolean.parseBoolean(settings.option(OnnxRuntimeEngine.ALLOW_SPINNING));
    options.addConfigEntry("session.intra_op.allow_spinning", spinning ? "1" : "0");
    if (!settings.device().isCpu()) {
      addCuda(options, settings, check);
    }
  }

  private static void addCuda(SessionOptions options, EngineSettings settings, ModelCheck check)
      throws EngineException {
    boolean inThisBuild = OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    try {
      if (inThisBuild) {
        options.addCUDA(settings.device().index());
        return;
      }
    } catch (OrtException e) {
      // reported below, with the runtime's message about the missing device or library
      throw check.problem(
          "device %s, which CUDA refuses: %s".formatted(settings.device(), OnnxTypes.reason(e)),
          "a CUDA device of that index, CUDA 12 libraries and cuDNN 9",
          "device: cpu",
          e);
    }
    throw check.problem(
        "device %s".formatted(settings.device()),
        "a device of this ONNX Runtime build, which has: " + OrtEnvironment.getAvailableProviders(),
        "device: cpu, or put onnxruntime_gpu in place of onnxruntime on the class path",
        null);
  }

  @Override
  public EngineSession newSession() throws EngineException {
    return open(check);
  }

  @Override
  public EngineSession newSession(ModelFile shapes) throws EngineException {
    return open(new ModelCheck(OnnxRuntimeEngine.NAME, shapes));
  }

  private EngineSession open(ModelCheck card) throws EngineException {
    if (closed) {
      throw new IllegalStateException("model '%s' is closed".formatted(card.model().name()));
    }
    return new CardBinding(card, session, environment).open();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("cannot free model '%s'".formatted(check.model().name()), e);
    } finally {
      options.close();
    }
  }
}
