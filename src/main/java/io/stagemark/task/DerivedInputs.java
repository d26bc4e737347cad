package io.stagemark.task;

import io.stagemark.data.Geometry;
import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorElements;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.DerivedValue;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The stages of a model with inputs that are derived from its pictures: preprocess writes them
 * after the pictures, straight into the engine's memory. Allocates nothing in steady state. Not
 * thread-safe.
 */
public final class DerivedInputs implements TaskSession {
  private final TaskSession stages;
  private final int batch;
  private final int widthPx;
  private final int heightPx;
  private final List<Port> ports = new ArrayList<>();

  /**
   * One derived input.
   *
   * @param tensor the engine's
   * @param picture a row of a mask all of whose pixels hold the picture's columns, else unused
   * @param border a row of a mask that holds none
   */
  private record Port(Tensor tensor, DerivedValue value, Tensor picture, Tensor border) {}

  private DerivedInputs(TaskSession stages, int batch, int widthPx, int heightPx) {
    this.stages = stages;
    this.batch = batch;
    this.widthPx = widthPx;
    this.heightPx = heightPx;
  }

  /**
   * Binds a model's derived inputs.
   *
   * @param stages of the model, whose {@link TaskSession#geometry} is asked for each picture
   * @param settings of the card, with preprocess
   * @param image the image input
   * @param derived the engine's tensors of the inputs that {@link TaskSettings#derived} names
   * @throws TaskException if an input has not the extents or the type of its value
   */
  public static DerivedInputs bind(
      TaskSession stages, TaskSettings settings, TensorSpec image, List<Tensor> derived)
      throws TaskException {
    boolean channelsFirst =
        settings
                .preprocess()
                .orElseThrow(
                    () -> new TaskException("derived inputs need preprocess: they are of pictures"))
                .layout()
            == Layout.NCHW;
    DerivedInputs inputs =
        new DerivedInputs(
            stages,
            Math.toIntExact(image.shape().get(0)),
            Math.toIntExact(image.shape().get(channelsFirst ? 3 : 2)),
            Math.toIntExact(image.shape().get(channelsFirst ? 2 : 1)));
    for (Tensor each : derived) {
      inputs.add(each, Objects.requireNonNull(settings.derived().get(each.spec().name())));
    }
    return inputs;
  }

  private void add(Tensor tensor, DerivedValue value) throws TaskException {
    TensorSpec spec = tensor.spec();
    if (!value.fits(spec, batch, widthPx, heightPx)) {
      throw new TaskException(
          "input %s is to hold %s of %d pictures of %dx%d px: %s"
              .formatted(spec, value, batch, widthPx, heightPx, value.expected(widthPx, heightPx)));
    }
    TensorSpec row = new TensorSpec(spec.name(), spec.type(), List.of((long) widthPx));
    ports.add(new Port(tensor, value, Tensor.allocate(row), Tensor.allocate(row)));
  }

  @Override
  public void preprocess(int count) {
    stages.preprocess(count);
    for (int i = 0; i < ports.size(); i++) {
      Port port = ports.get(i);
      for (int slot = 0; slot < count; slot++) {
        Geometry geometry = stages.geometry(slot);
        if (port.value() == DerivedValue.PIXEL_MASK) {
          mask(port, slot, geometry);
        } else {
          for (int each = 0; each < 2; each++) {
            double number = port.value().number(each == 1, geometry, widthPx, heightPx);
            TensorElements.put(port.tensor(), 2 * slot + each, number);
          }
        }
      }
    }
  }

  /** Writes a row of each kind, and copies them. */
  private void mask(Port port, int slot, Geometry geometry) {
    int left = DerivedValue.left(geometry, widthPx);
    int right = DerivedValue.right(geometry, widthPx);
    for (int x = 0; x < widthPx; x++) {
      TensorElements.put(port.picture(), x, x >= left && x < right ? 1 : 0);
    }
    int top = DerivedValue.top(geometry, heightPx);
    int bottom = DerivedValue.bottom(geometry, heightPx);
    int bytes = port.border().bytes().capacity();
    for (int y = 0; y < heightPx; y++) {
      Tensor row = y >= top && y < bottom ? port.picture() : port.border();
      port.tensor().bytes().put((slot * heightPx + y) * bytes, row.bytes(), 0, bytes);
    }
  }

  @Override
  public void decode(int slot, ExampleSource source) throws TaskException {
    stages.decode(slot, source);
  }

  @Override
  public void postprocess(int count) {
    stages.postprocess(count);
  }

  @Override
  public Prediction prediction(int slot) {
    return stages.prediction(slot);
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    return stages.observe(slot, withOutputs);
  }

  @Override
  public Geometry geometry(int slot) {
    return stages.geometry(slot);
  }

  @Override
  public void measureSubStages(LapProbe preprocess, LapProbe postprocess) {
    stages.measureSubStages(preprocess, postprocess);
  }

  @Override
  public void close() {
    stages.close();
  }
}
