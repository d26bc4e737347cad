package io.stagemark.postprocess.nms;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.stagemark.postprocess.nms.OnnxNms.Selected;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** {@link OnnxNms} against ONNX Runtime's own NonMaxSuppression, a model of one node. */
class OnnxRuntimeNmsProperties {
  private static final List<String> INPUTS =
      List.of("boxes", "scores", "max_output", "iou_threshold", "score_threshold");

  /** By center_point_box and whether a score threshold is given. */
  private static final Map<String, OrtSession> SESSIONS = new HashMap<>();

  @BeforeContainer
  static void sessions() throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    for (boolean centre : new boolean[] {false, true}) {
      for (boolean threshold : new boolean[] {false, true}) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
          options.setIntraOpNumThreads(1);
          SESSIONS.put(
              key(centre, threshold), environment.createSession(model(centre, threshold), options));
        }
      }
    }
  }

  @AfterContainer
  static void close() throws OrtException {
    for (OrtSession session : SESSIONS.values()) {
      session.close();
    }
    SESSIONS.clear();
  }

  private static String key(boolean centre, boolean threshold) {
    return centre + " " + threshold;
  }

  private static byte[] model(boolean centre, boolean threshold) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("nms");
    NodeProto.Builder node = NodeProto.newBuilder().setOpType("NonMaxSuppression");
    List<String> inputs = INPUTS.subList(0, threshold ? 5 : 4);
    for (String input : inputs) {
      int rank = input.equals("boxes") || input.equals("scores") ? 3 : 1;
      DataType type = input.equals("max_output") ? DataType.INT64 : DataType.FLOAT;
      graph.addInput(value(input, type, rank));
    }
    node.addAllInput(inputs).addOutput("selected");
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName("center_point_box")
            .setType(AttributeProto.AttributeType.INT)
            .setI(centre ? 1 : 0));
    graph.addNode(node).addOutput(value("selected", DataType.INT64, 2));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(11);
    return model.build().toByteArray();
  }

  private static ValueInfoProto value(String name, DataType type, int rank) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var tensor = value.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
    for (int axis = 0; axis < rank; axis++) {
      tensor.getShapeBuilder().addDimBuilder().setDimParam(name + axis);
    }
    return value.build();
  }

  /** Rows of the operator's output. */
  private static List<Selected> theirs(
      boolean centre, Arguments arguments, OptionalDouble scoreThreshold) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new TreeMap<>();
    try {
      long[] boxes = {arguments.batches, arguments.count, 4};
      long[] scores = {arguments.batches, arguments.classes, arguments.count};
      inputs.put("boxes", floats(environment, arguments.boxes, boxes));
      inputs.put("scores", floats(environment, arguments.scores, scores));
      inputs.put(
          "max_output",
          OnnxTensor.createTensor(
              environment, LongBuffer.wrap(new long[] {arguments.most}), new long[] {1}));
      inputs.put("iou_threshold", floats(environment, new float[] {arguments.iou}, new long[] {1}));
      if (scoreThreshold.isPresent()) {
        float[] threshold = {(float) scoreThreshold.getAsDouble()};
        inputs.put("score_threshold", floats(environment, threshold, new long[] {1}));
      }
      OrtSession session =
          Objects.requireNonNull(SESSIONS.get(key(centre, scoreThreshold.isPresent())));
      try (OrtSession.Result result = session.run(inputs)) {
        List<Selected> selected = new ArrayList<>();
        for (long[] row : (long[][]) result.get(0).getValue()) {
          selected.add(new Selected((int) row[0], (int) row[1], (int) row[2]));
        }
        return selected;
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor floats(OrtEnvironment environment, float[] values, long[] shape)
      throws OrtException {
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
  }

  private record Arguments(
      float[] boxes, float[] scores, int batches, int classes, int count, long most, float iou) {}

  /**
   * Boxes of which many overlap, some have no area and some lie twice; whole coordinates make IoUs
   * equal to the threshold; scores from a few values make ties.
   */
  private static Arguments arguments(Random random, int batches, int classes, int count) {
    float[] boxes = new float[batches * count * 4];
    boolean whole = random.nextBoolean();
    for (int i = 0; i < boxes.length; i += 4) {
      for (int k = 0; k < 4; k++) {
        float value = random.nextFloat() * (whole ? 8 : 60) - (k < 2 ? 4 : 0);
        boxes[i + k] = whole ? (float) Math.floor(value) : value;
      }
      if (random.nextInt(10) == 0) {
        boxes[i + 2] = boxes[i];
      }
      if (i > 0 && random.nextInt(10) == 0) {
        System.arraycopy(boxes, i - 4, boxes, i, 4);
      }
    }
    float[] scores = new float[batches * classes * count];
    int levels = random.nextBoolean() ? 8 : 1 << 20;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(levels) / (float) levels;
    }
    float[] thresholds = {0, 1, 0.5f, 1 / 3f, random.nextFloat(), random.nextFloat()};
    long most = random.nextInt(4) == 0 ? random.nextInt(6) : count;
    float iou = thresholds[random.nextInt(thresholds.length)];
    return new Arguments(boxes, scores, batches, classes, count, most, iou);
  }

  @Property(tries = 2000)
  void run_randomBoxes_isOnnxRuntimesOperator(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3) int batches,
      @ForAll @IntRange(min = 1, max = 4) int classes,
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll boolean centre)
      throws OrtException {
    Random random = new Random(seed);
    Arguments arguments = arguments(random, batches, classes, count);
    // an eighth is a score that ties have: strictly above is asked for
    OptionalDouble threshold =
        random.nextBoolean() ? OptionalDouble.of(random.nextInt(9) / 8.0) : OptionalDouble.empty();
    OnnxNms nms = new OnnxNms(centre, arguments.most, arguments.iou, threshold);
    assertThat(nms.run(arguments.boxes, arguments.scores, batches, classes, count))
        .isEqualTo(theirs(centre, arguments, threshold));
  }
}
