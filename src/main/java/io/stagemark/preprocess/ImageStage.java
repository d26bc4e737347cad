package io.stagemark.preprocess;

import io.stagemark.data.FileRange;
import io.stagemark.data.Geometry;
import io.stagemark.data.HalfFloat;
import io.stagemark.data.ImageSize;
import io.stagemark.data.LapProbe;
import io.stagemark.data.Quantization;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorElements;
import io.stagemark.data.TensorSpec;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Mat;

/**
 * Image files into the slots of one engine input: {@link #decode} reads and decodes, {@link
 * #preprocess} resizes and writes the tensor's memory. Reused from batch to batch; not thread-safe.
 *
 * <p>OpenCV runs on one thread ({@link OpenCvRuntime#start}).
 */
public final class ImageStage implements AutoCloseable {
  private final PreprocessSettings settings;
  private final InputShape shape;
  private final ImageDecoder decoder;
  private final Resizer resizer;
  private final PixelWriter writer;
  private final @Nullable Mat[] images;
  private final @Nullable FitPlan[] plans;
  private @Nullable LapProbe probe;

  /**
   * Binds preprocessing to an input.
   *
   * @param settings what the model card says
   * @param input the engine's own input, {@code [N, C, H, W]} or {@code [N, H, W, C]} as the
   *     settings' layout says; slot i is image i of the batch
   * @throws IllegalArgumentException if the input is not such a tensor of float32, float16,
   *     bfloat16, uint8 or int8; the message names both
   */
  public ImageStage(PreprocessSettings settings, Tensor input) {
    this(settings, input, Optional.empty());
  }

  /**
   * Binds preprocessing to an input of whole numbers that stand for the normalised ones.
   *
   * @param quantization how they do; empty for an input that holds the normalised numbers
   */
  public ImageStage(
      PreprocessSettings settings, Tensor input, Optional<Quantization> quantization) {
    this.settings = settings;
    this.shape = InputShape.of(input.spec(), settings.layout(), settings.color());
    NormalisationTable table = new NormalisationTable(settings, shape.channels(), quantization);
    this.writer = writer(input, table);
    OpenCvRuntime.start();
    this.decoder = new ImageDecoder(settings.color(), settings.maxSourcePixels());
    this.resizer = new Resizer(settings.interpolation());
    this.images = new Mat[shape.slots()];
    this.plans = new FitPlan[shape.slots()];
  }

  private PixelWriter writer(Tensor input, NormalisationTable table) {
    return switch (input.spec().type()) {
      case FLOAT32 -> new FloatRows(shape, input, table);
      case FLOAT16 -> new HalfRows(shape, input.bytes().asShortBuffer(), table, HalfFloat::of);
      case BFLOAT16 ->
          new HalfRows(shape, input.bytes().asShortBuffer(), table, TensorElements::bfloat16);
      case UINT8 -> new ByteRows(shape, input.bytes(), table, false);
      case INT8 -> new ByteRows(shape, input.bytes(), table, true);
      default ->
          throw new IllegalArgumentException(
              "%s: preprocessing writes float32, float16, bfloat16, uint8 and int8 inputs"
                  .formatted(input.spec()));
    };
  }

  /**
   * Returns why an image of that size cannot be made an input; empty if it can.
   *
   * @param input of the model; one whose size is neither fixed nor the image's is not asked
   */
  public static Optional<String> fault(
      PreprocessSettings settings, TensorSpec input, int widthPx, int heightPx) {
    Optional<String> size = ImageDecoder.sizeFault(widthPx, heightPx, settings.maxSourcePixels());
    if (size.isPresent() || !(input.isStatic() || settings.sizesByImage())) {
      return size;
    }
    try {
      ImageSize of = inputSize(settings, input, widthPx, heightPx);
      FitPlan.of(settings, widthPx, heightPx, of.widthPx(), of.heightPx());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the size of a model's image input for an image: the input's own, or where its sides are
   * open the one that the settings make of the image's.
   *
   * @param input {@code [N, C, H, W]} or {@code [N, H, W, C]} as the settings' layout says
   * @param widthPx of the image, upright, in pixels
   * @param heightPx likewise
   * @throws IllegalArgumentException if the input is of another form, or the image is too elongated
   */
  public static ImageSize inputSize(
      PreprocessSettings settings, TensorSpec input, int widthPx, int heightPx) {
    if (input.isStatic()) {
      InputShape shape = InputShape.of(input, settings.layout(), settings.color());
      return new ImageSize(shape.widthPx(), shape.heightPx());
    }
    if (!settings.sizesByImage()) {
      throw new IllegalArgumentException(input + " has no size, and no longerSidePx gives it one");
    }
    Letterbox box = Letterbox.plan(settings, widthPx, heightPx, 0, 0);
    return new ImageSize(box.outputWidthPx(), box.outputHeightPx());
  }

  /** Returns the number of slots: the batch size of the input. */
  public int slots() {
    return shape.slots();
  }

  /**
   * Reads an image into a slot and decodes it.
   *
   * @throws IOException if it is missing, empty, truncated, no image, too large, or cannot be
   *     fitted into the input; the message names the file and the cause. The slot then keeps what
   *     it had.
   */
  public void decode(int slot, FileRange file) throws IOException {
    Mat decoded = decoder.decode(file);
    try {
      place(slot, decoded);
    } catch (IllegalArgumentException e) {
      decoded.release();
      throw new IOException("image %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Takes pixels in place of a file.
   *
   * @param image CV_8UC3 (B, G, R) or, for a grey input, CV_8UC1; taken over and released here
   * @throws IllegalArgumentException if the image cannot be fitted into the input
   */
  void place(int slot, Mat image) {
    FitPlan plan = plans[slot];
    if (plan == null
        || plan.geometry().sourceWidthPx() != image.cols()
        || plan.geometry().sourceHeightPx() != image.rows()) {
      plan = FitPlan.of(settings, image.cols(), image.rows(), shape.widthPx(), shape.heightPx());
    }
    Mat last = images[slot];
    if (last != null) {
      last.release();
    }
    images[slot] = image;
    plans[slot] = plan;
  }

  /**
   * Resizes and normalises a slot's image straight into the tensor.
   *
   * @throws IllegalStateException if nothing was decoded into the slot
   */
  public void preprocess(int slot) {
    Mat image = images[slot];
    FitPlan plan = plans[slot];
    if (image == null || plan == null) {
      throw new IllegalStateException("nothing was decoded into slot " + slot);
    }
    if (probe != null) {
      probe.start();
    }
    FittedPixels pixels =
        resizer.resize(image, plan.resizedWidth(), plan.resizedHeight(), plan.factor());
    if (probe != null) {
      probe.lap("resize");
    }
    writer.write(slot, pixels, plan);
    if (probe != null) {
      probe.lap("normalise");
    }
  }

  /** Reports the sub-stages of each later {@link #preprocess} to a probe: resize, normalise. */
  public void measure(LapProbe lapProbe) {
    probe = lapProbe;
  }

  /**
   * Returns the place of a slot's image in the input.
   *
   * @throws IllegalStateException if nothing was decoded into the slot
   */
  public Geometry geometry(int slot) {
    FitPlan plan = plans[slot];
    if (plan == null) {
      throw new IllegalStateException("nothing was decoded into slot " + slot);
    }
    return plan.geometry();
  }

  /** Frees the decoded images. A second call does nothing. */
  @Override
  public void close() {
    for (int slot = 0; slot < images.length; slot++) {
      Mat image = images[slot];
      if (image != null) {
        image.release();
        images[slot] = null;
      }
    }
    resizer.close();
  }
}
