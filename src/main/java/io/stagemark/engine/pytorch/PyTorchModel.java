package io.stagemark.engine.pytorch;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Device;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelCheck;
import io.stagemark.engine.ModelFile;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One TorchScript module in inference mode, shared by every {@link PyTorchSession}. */
final class PyTorchModel implements LoadedModel {
  private static final String[] NO_EXTRA_FILES = {};

  private final ModelCheck check;
  private final PtNDManager manager;
  private final PtSymbolBlock block;
  private final boolean graphOptimizer;

  private PyTorchModel(
      ModelCheck check, PtNDManager manager, PtSymbolBlock block, boolean graphOptimizer) {
    this.check = check;
    this.manager = manager;
    this.block = block;
    this.graphOptimizer = graphOptimizer;
  }

  static PyTorchModel load(ModelFile model, EngineSettings settings) throws EngineException {
    ModelCheck check = new ModelCheck(PyTorchEngine.NAME, model);
    Path file = check.file();
    refuseUnsupportedTypes(check);
    Engine engine = LibTorch.start(settings.threads(), check);
    PtNDManager manager =
        (PtNDManager) engine.newBaseManager(device(settings.device(), engine, check));
    try {
      PtSymbolBlock block =
          JniUtils.loadModule(manager, file, true, NO_EXTRA_FILES, NO_EXTRA_FILES, false);
      JniUtils.enableInferenceMode(block);
      boolean optimizer = Boolean.parseBoolean(settings.option(PyTorchEngine.GRAPH_OPTIMIZER));
      return new PyTorchModel(check, manager, block, optimizer);
    } catch (ai.djl.engine.EngineException e) {
      manager.close();
      throw check.problem(
          LibTorch.reason(e),
          "a TorchScript archive that libtorch %s can load".formatted(engine.getVersion()),
          "check that the file is whole and made by torch.jit.save, for example its SHA-256",
          e);
    }
  }

  /** Refuses a type before any array of it exists: a bfloat16 array ends the JVM inside DJL. */
  private static void refuseUnsupportedTypes(ModelCheck check) throws EngineException {
    ModelFile model = check.model();
    for (TensorSpec spec :
        Stream.concat(model.inputs().stream(), model.outputs().stream()).toList()) {
      if (TorchTypes.toDjl(spec.type()).isEmpty()) {
        throw check.problem(
            "tensor %s".formatted(spec),
            "an element type that DJL can hold, not " + spec.type(),
            "export the model with float32 ends, or run it with engine onnxruntime",
            null);
      }
    }
  }

  private static ai.djl.Device device(Device device, Engine engine, ModelCheck check)
      throws EngineException {
    if (device.isCpu()) {
      return ai.djl.Device.cpu();
    }
    boolean inThisBuild = engine.hasCapability(StandardCapabilities.CUDA);
    int present = inThisBuild ? CudaUtils.getGpuCount() : 0;
    if (device.index() >= present) {
      throw check.problem(
          "device %s".formatted(device),
          inThisBuild
              ? "a CUDA device below %d, which is how many there are".formatted(present)
              : "a device of this libtorch build, which has the CPU alone",
          "device: cpu"
              + (inThisBuild ? "" : ", or set PYTORCH_LIBRARY_PATH to a CUDA build of libtorch"),
          null);
    }
    return ai.djl.Device.gpu(device.index());
  }

  ModelCheck check() {
    return check;
  }

  PtNDManager manager() {
    return manager;
  }

  PtSymbolBlock block() {
    return block;
  }

  boolean graphOptimizer() {
    return graphOptimizer;
  }

  @Override
  public EngineSession newSession() throws EngineException {
    if (!manager.isOpen()) {
      throw new IllegalStateException("model '%s' is closed".formatted(check.model().name()));
    }
    return PyTorchSession.open(this, check);
  }

  @Override
  public EngineSession newSession(ModelFile shapes) throws EngineException {
    if (!manager.isOpen()) {
      throw new IllegalStateException("model '%s' is closed".formatted(shapes.name()));
    }
    return PyTorchSession.open(this, new ModelCheck(PyTorchEngine.NAME, shapes));
  }

  @Override
  public void close() {
    manager.close();
  }
}
