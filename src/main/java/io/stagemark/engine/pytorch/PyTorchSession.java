package io.stagemark.engine.pytorch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.ModelCheck;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Inputs that libtorch reads in place, and outputs that are read in place.
 *
 * <p>Each input is direct memory that one array aliases for the session's life. Each output is
 * libtorch's own memory, new on each forward, seen through a buffer that aliases it and freed when
 * the next forward starts. An output that is not contiguous is made so inside {@link #forward}. On
 * a GPU the inputs are copied to it and the outputs to the host, both inside {@link #forward}. An
 * input of one element whose argument is a number is a {@link NumberArgument}.
 */
final class PyTorchSession implements EngineSession {
  private final PyTorchModel model;
  private final ModelCheck check;
  private final PtNDManager inputManager;
  private final PtNDManager outputManager;
  private final Tensor[] inputs;
  private final PtNDArray[] inputArrays;
  private final IValue[] inputValues;
  private final @Nullable NumberArgument[] numbers;
  private final IValue[] arguments;
  private final OutputReader reader;
  private boolean ran;

  private PyTorchSession(PyTorchModel model, ModelCheck check) {
    this.model = model;
    this.check = check;
    this.inputManager = model.manager().newSubManager(Device.cpu());
    this.outputManager = (PtNDManager) model.manager().newSubManager();
    int count = check.model().inputs().size();
    this.inputs = new Tensor[count];
    this.inputArrays = new PtNDArray[count];
    this.inputValues = new IValue[count];
    this.numbers = new NumberArgument[count];
    this.arguments = new IValue[count];
    this.reader = new OutputReader(check);
  }

  /**
   * Opens a session and runs it once on the card's values and zeros: a TorchScript file declares
   * neither names nor shapes, so only a forward shows whether the card is right, and which
   * arguments are numbers.
   *
   * @param check of the card
   */
  static PyTorchSession open(PyTorchModel model, ModelCheck check) throws EngineException {
    PyTorchSession session = new PyTorchSession(model, check);
    try {
      for (int i = 0; i < session.inputs.length; i++) {
        session.alias(i);
      }
      session.firstForward();
      session.ran = false;
      return session;
    } catch (EngineException e) {
      session.close();
      throw e;
    }
  }

  /** Runs; each argument that libtorch wants as a number becomes one, and the run is repeated. */
  private void firstForward() throws EngineException {
    for (int tries = 0; tries < inputs.length; tries++) {
      try {
        forward();
        return;
      } catch (EngineException e) {
        Optional<NumberArgument.Refusal> refusal =
            NumberArgument.refusal(e.getCause() == null ? "" : e.getCause().getMessage());
        if (refusal.isEmpty() || !takesNumber(refusal.get().index())) {
          throw e;
        }
        int index = refusal.get().index();
        numbers[index] = new NumberArgument(refusal.get().type(), inputs[index]);
      }
    }
    forward();
  }

  private boolean takesNumber(int index) {
    return index >= 0
        && index < inputs.length
        && numbers[index] == null
        && inputs[index].spec().elements() == 1;
  }

  private void alias(int index) throws EngineException {
    TensorSpec spec = inputs().get(index);
    DataType type = TorchTypes.toDjl(spec.type()).orElseThrow();
    inputs[index] = check.input(spec);
    Shape shape = new Shape(spec.shape().stream().mapToLong(Long::longValue).toArray());
    inputArrays[index] = inputManager.create(inputs[index].bytes(), shape, type);
    inputValues[index] = IValue.from(inputArrays[index]);
  }

  @Override
  public List<TensorSpec> inputs() {
    return check.model().inputs();
  }

  @Override
  public List<TensorSpec> outputs() {
    return check.model().outputs();
  }

  @Override
  public Tensor input(int index) {
    return inputs[index];
  }

  @Override
  public void forward() throws EngineException {
    ran = false;
    freeOutputs();
    // libtorch keeps this switch for each thread, and no one promises which thread measures
    JniUtils.setGraphExecutorOptimize(model.graphOptimizer());
    try (IValue result = run()) {
      reader.read(result.toNDList(outputManager));
    } catch (ai.djl.engine.EngineException | UnsupportedOperationException e) {
      throw check.problem(
          LibTorch.reason(e),
          "a forward from %s to tensors".formatted(ModelCheck.list(inputs())),
          "compare the card's inputs, and their order, with the module's forward method",
          e);
    }
    ran = true;
  }

  private IValue run() {
    for (int i = 0; i < numbers.length; i++) {
      NumberArgument number = numbers[i];
      arguments[i] = number == null ? inputValues[i] : number.value();
    }
    if (!outputManager.getDevice().isGpu()) {
      return model.block().forward(arguments);
    }
    return runOnDevice();
  }

  private IValue runOnDevice() {
    IValue[] onDevice = arguments.clone();
    for (int i = 0; i < onDevice.length; i++) {
      if (numbers[i] != null) {
        continue;
      }
      PtNDArray copy = inputArrays[i].toDevice(outputManager.getDevice(), true);
      copy.attach(outputManager);
      onDevice[i] = IValue.from(copy);
    }
    try {
      return model.block().forward(onDevice);
    } finally {
      for (int i = 0; i < onDevice.length; i++) {
        if (numbers[i] == null) {
          onDevice[i].close();
        }
      }
    }
  }

  /**
   * Frees all that the last forward made: its outputs, and the contiguous or host copies that DJL
   * makes of some of them and attaches to the same manager.
   */
  private void freeOutputs() {
    for (NDArray array : outputManager.getManagedArrays()) {
      array.close();
    }
  }

  @Override
  public Tensor output(int index) {
    if (!ran) {
      throw new IllegalStateException(
          "output(%d) before a forward that succeeded".formatted(index));
    }
    return reader.output(index);
  }

  @Override
  public void close() {
    ran = false;
    for (int i = 0; i < inputValues.length; i++) {
      if (inputValues[i] != null) {
        inputValues[i].close();
      }
      NumberArgument number = numbers[i];
      if (number != null) {
        number.close();
      }
    }
    outputManager.close();
    inputManager.close();
  }
}
