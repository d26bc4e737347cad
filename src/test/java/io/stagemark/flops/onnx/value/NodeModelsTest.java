package io.stagemark.flops.onnx.value;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.CountBudget;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.onnx.OnnxFlops;
import io.stagemark.flops.onnx.file.OnnxFile;
import io.stagemark.flops.onnx.walk.CountingVisitor;
import io.stagemark.flops.onnx.walk.DeclaredShapes;
import io.stagemark.flops.onnx.walk.GraphInputs;
import io.stagemark.flops.onnx.walk.GraphWalk;
import io.stagemark.flops.onnx.walk.Trace;
import io.stagemark.testdata.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every model of ONNX's own test generator: its count ends, and holds against what the file says of
 * itself. By the file alone, which takes seconds for all; {@code -Dstagemark.nodeModels.run=true}
 * also runs those that need a run (minutes), and {@code -Dstagemark.nodeModels.table=FILE} writes
 * the table of docs/flops.md.
 */
final class NodeModelsTest {
  private static final boolean RUN = Boolean.getBoolean("stagemark.nodeModels.run");
  private static final String TABLE = System.getProperty("stagemark.nodeModels.table", "");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static List<Path> models = List.of();
  private static final Map<String, OperationCount> COUNTS = new TreeMap<>();
  private static final Map<String, String> REFUSED = new TreeMap<>();
  private static final List<String> SLOW = new ArrayList<>();

  @BeforeAll
  static void countAll(@TempDir Path folder) throws IOException {
    models = NodeModels.unpack(SharedFolder.require("flops/onnx-node-models.tgz"), folder);
    NodeModelTable table = new NodeModelTable();
    for (Path model : models) {
      String name = name(model);
      long start = System.nanoTime();
      try {
        COUNTS.put(
            name, RUN ? OnnxFlops.count(model, Map.of()) : OnnxFlops.inferred(model, Map.of()));
      } catch (BadInputException e) {
        REFUSED.put(name, String.valueOf(e.getMessage()));
      }
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        SLOW.add(name);
      }
      table.add(model, COUNTS.get(name));
    }
    if (!TABLE.isEmpty()) {
      Files.writeString(Path.of(TABLE), table.text());
    }
    compareShapes();
  }

  private static String name(Path model) {
    return String.valueOf(model.getFileName()).replace(".onnx", "");
  }

  private static final List<String> OTHER_SHAPES = new ArrayList<>();

  /** The shape rules against the shapes that the generator wrote for every output. */
  private static void compareShapes() throws IOException {
    for (Path model : models) {
      try {
        OnnxFile file = OnnxFile.read(model);
        GraphProto graph = file.model().getGraph();
        Map<String, Value> inputs = GraphInputs.of(graph, Map.of());
        GraphWalk.WalkResources resources =
            new GraphWalk.WalkResources(
                new Tensors(Path.of("")),
                Trace.NONE,
                CountBudget.perFile(),
                new DeclaredShapes(GraphProto.getDefaultInstance(), Map.of()));
        List<Value> outputs =
            new GraphWalk(file, resources, new CountingVisitor()).graph(graph, inputs, null);
        for (int i = 0; i < outputs.size(); i++) {
          compare(model, graph.getOutput(i), outputs.get(i));
        }
      } catch (GraphFault e) {
        assertThat(REFUSED).containsKey(name(model));
      }
    }
  }

  private static void compare(Path model, ValueInfoProto declared, Value inferred) {
    TypeProto.Tensor tensor = declared.getType().getTensorType();
    boolean whole =
        declared.getType().hasTensorType()
            && tensor.hasShape()
            && tensor.getShape().getDimList().stream().allMatch(d -> d.hasDimValue());
    if (whole && inferred.isKnown()) {
      List<Long> shape = tensor.getShape().getDimList().stream().map(d -> d.getDimValue()).toList();
      OnnxType type = OnnxType.of(tensor.getElemType());
      if (!shape.equals(inferred.shape()) || type != inferred.type()) {
        OTHER_SHAPES.add(
            "%s: %s%s declared, %s inferred".formatted(model.getFileName(), type, shape, inferred));
      }
    }
  }

  @Test
  void count_everyModel_endsInTime() {
    assertThat(COUNTS.size() + REFUSED.size()).isEqualTo(models.size()).isGreaterThan(1000);
    assertThat(SLOW).isEmpty();
  }

  @Test
  void infer_everyOutput_hasTheTypeAndShapeThatTheGeneratorWrote() {
    assertThat(OTHER_SHAPES).isEmpty();
  }

  // old operator sets, and inputs whose extents the file leaves open
  @Test
  void count_refusedModels_areRefusedForTwoReasonsAlone() {
    assertThat(REFUSED.values())
        .allMatch(
            message ->
                message.contains("operator set 7 or newer") || message.contains("open extents"));
    assertThat(REFUSED.size()).isLessThan(10);
  }

  @Test
  void count_modelThatIsNotComplete_saysWhy() {
    COUNTS.forEach(
        (name, count) ->
            assertThat(
                    count.complete()
                        || !count.incompleteBecause().isEmpty()
                        || !count.warnings().isEmpty())
                .as(name)
                .isTrue());
  }

  // what is uncounted depends on data; no operator is without a rule
  @Test
  void count_everyOperator_hasARule() {
    COUNTS.forEach(
        (name, count) ->
            assertThat(count.uncounted().isEmpty() || count.needsRun()).as(name).isTrue());
  }

  @Test
  void count_expandedModel_hasTheMacsOfItsOperator() {
    List<String> differ = new ArrayList<>();
    COUNTS.forEach(
        (name, expanded) -> {
          int at = name.indexOf("_expanded");
          OperationCount count = at < 0 ? null : COUNTS.get(name.substring(0, at));
          if (count != null
              && count.uncounted().isEmpty()
              && expanded.uncounted().isEmpty()
              && macs(count) != macs(expanded)) {
            differ.add("%s: %d, its operator %d".formatted(name, macs(expanded), macs(count)));
          }
        });
    assertThat(differ).isEmpty();
  }

  private static long macs(OperationCount count) {
    return count.macs() + count.total().intMacs();
  }
}
