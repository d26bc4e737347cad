package io.stagemark.engine.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelCheck;
import io.stagemark.engine.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
    if (closed) {
      throw new IllegalStateException("model '%s' is closed".formatted(check.model().name()));
    }
    try {
      List<TensorSpec> inputs = inputs();
      List<TensorSpec> outputs = outputs(inputs);
      return OnnxRuntimeSession.open(
          check, session, environment, inputs, outputs, misdeclared(outputs));
    } catch (OrtException e) {
      throw check.problem(
          OnnxTypes.reason(e), "a session on this model", "another model or engine", e);
    }
  }

  /** Returns the card's inputs, in the card's order, as far as card and model fix them. */
  private List<TensorSpec> inputs() throws OrtException, EngineException {
    List<TensorSpec> card = check.model().inputs();
    List<TensorSpec> declared = declared("input", card, session.getInputInfo().values());
    List<TensorSpec> bound = new ArrayList<>();
    for (int i = 0; i < card.size(); i++) {
      bound.add(check.agree("input", card.get(i), declared.get(i)));
    }
    return List.copyOf(bound);
  }

  /** Returns the card's outputs; where the file says otherwise, a run decides. */
  private List<TensorSpec> outputs(List<TensorSpec> inputs) throws OrtException, EngineException {
    List<TensorSpec> card = check.model().outputs();
    List<TensorSpec> declared = declared("output", card, session.getOutputInfo().values());
    Map<String, List<Long>> ran = Map.of();
    for (int i = 0; i < card.size(); i++) {
      boolean differ = OutputShapes.differ(card.get(i), declared.get(i));
      if (differ && card.get(i).type() == declared.get(i).type()) {
        List<String> names = card.stream().map(TensorSpec::name).toList();
        ran = OutputShapes.run(check, session, environment, inputs, names);
        break;
      }
    }
    List<TensorSpec> bound = new ArrayList<>();
    for (int i = 0; i < card.size(); i++) {
      List<Long> shape = ran.get(card.get(i).name());
      bound.add(
          shape == null || !OutputShapes.differ(card.get(i), declared.get(i))
              ? check.agree("output", card.get(i), declared.get(i))
              : OutputShapes.decided(check, card.get(i), declared.get(i), shape));
    }
    return List.copyOf(bound);
  }

  /** Returns the outputs of which the file declares another shape. */
  private Set<String> misdeclared(List<TensorSpec> outputs) throws OrtException, EngineException {
    List<TensorSpec> declared = declared("output", outputs, session.getOutputInfo().values());
    return IntStream.range(0, outputs.size())
        .filter(i -> OutputShapes.differ(outputs.get(i), declared.get(i)))
        .mapToObj(i -> outputs.get(i).name())
        .collect(Collectors.toSet());
  }

  /** Returns what the file declares of the card's tensors, in the card's order. */
  private List<TensorSpec> declared(String role, List<TensorSpec> card, Collection<NodeInfo> model)
      throws EngineException {
    List<String> names = model.stream().map(NodeInfo::getName).toList();
    List<String> wanted = card.stream().map(TensorSpec::name).toList();
    if (names.size() != wanted.size() || !Set.copyOf(names).equals(Set.copyOf(wanted))) {
      throw check.namesDiffer(role, names, card);
    }
    List<TensorSpec> declared = new ArrayList<>();
    for (TensorSpec spec : card) {
      for (NodeInfo node : model) {
        if (node.getName().equals(spec.name())) {
          declared.add(declared(role, spec, node));
        }
      }
    }
    return declared;
  }

  private TensorSpec declared(String role, TensorSpec card, NodeInfo node) throws EngineException {
    TensorSpec declared =
        OnnxTypes.declared(node)
            .orElseThrow(
                () ->
                    check.problem(
                        "the model's %s %s".formatted(role, node),
                        "a dense tensor of one of " + OnnxTypes.names(),
                        "export the model with such tensors at its ends",
                        null));
    // ONNX Runtime shows a declaration without a shape as one of rank 0: nothing to compare
    return declared.shape().isEmpty()
        ? new TensorSpec(declared.name(), declared.type(), card.shape())
        : declared;
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
