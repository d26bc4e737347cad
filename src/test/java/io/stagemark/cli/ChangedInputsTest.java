package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run began with is what every trial measures, or the trial fails and names the file. */
final class ChangedInputsTest {
  @TempDir Path folder;
  private String config = "";

  /** y = x + w, w in a file beside the model. */
  @BeforeEach
  void writeRun() throws Exception {
    Files.createDirectories(folder.resolve("model"));
    Files.write(folder.resolve("model/w.bin"), new byte[16]);
    Files.write(folder.resolve("model/m.onnx"), onnx("Add"));
    writeCard();
    tensor("0.npy", 1);
    tensor("1.npy", 2);
    config =
        Files.writeString(
                folder.resolve("run.yaml"),
                """
                name: r
                dataset: {format: tensors, path: tensors}
                cases: {model: [./model], engine: [onnxruntime]}
                measure: {trials: 2, warmupSeconds: 0, minSeconds: 0.2, minBatches: 64, heapMiB: 128, causes: false}
                reports: [json]
                output: out
                """)
            .toString();
  }

  private void writeCard() throws Exception {
    byte[] model = Files.readAllBytes(folder.resolve("model/m.onnx"));
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model));
    Files.writeString(
        folder.resolve("model/model.yaml"),
        """
        title: t
        licence: MIT
        provenance: made by a test
        task: tensors
        files: {onnx: {path: m.onnx, sha256: %s}}
        inputs: [{name: x, type: float32, shape: [1, 4]}]
        outputs: [{name: y, type: float32, shape: [1, 4]}]
        """
            .formatted(digest));
  }

  private static byte[] onnx(String operator) {
    TypeProto type =
        TypeProto.newBuilder()
            .setTensorType(
                TypeProto.Tensor.newBuilder()
                    .setElemType(TensorProto.DataType.FLOAT_VALUE)
                    .setShape(
                        TensorShapeProto.newBuilder()
                            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1))
                            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(4))))
            .build();
    TensorProto weights =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(4)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("w.bin"))
            .build();
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("g")
            .addInput(ValueInfoProto.newBuilder().setName("x").setType(type))
            .addOutput(ValueInfoProto.newBuilder().setName("y").setType(type))
            .addInitializer(weights)
            .addNode(
                NodeProto.newBuilder()
                    .setOpType(operator)
                    .addInput("x")
                    .addInput("w")
                    .addOutput("y"))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private void tensor(String name, float value) throws IOException {
    Tensor tensor = Tensor.allocate(new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 4L)));
    tensor.floats().put(0, value);
    Files.createDirectories(folder.resolve("tensors"));
    NpyWriter.write(folder.resolve("tensors").resolve(name), tensor);
  }

  /** Something that happens after the first trial. */
  private interface Change {
    void make() throws Exception;
  }

  private List<TrialResult> trialsWith(Change change) throws Exception {
    CommandBeside run = CommandBeside.start("run", config, "--no-calibration");
    assertThat(run.says("[1/2]")).isTrue();
    change.make();
    run.end();
    RunResult result = ResultFiles.readRun(folder.resolve("out"));
    assertThat(result.cases().get(0).trials()).hasSize(2);
    assertThat(result.cases().get(0).trials().get(0).measured()).isPresent();
    return result.cases().get(0).trials();
  }

  /** Puts other content in a file's place, with the size and the time of the former. */
  private void swap(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    FileTime time = Files.getLastModifiedTime(file);
    Path other = Files.write(folder.resolve("other"), content);
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void assertEndedBy(List<TrialResult> trials, String reason) {
    // it may have been under way: the change is then found at its end
    assertThat(trials.get(1).measured()).isEmpty();
    assertThat(trials.get(1).failure().orElseThrow()).startsWith(reason);
  }

  @Test
  void run_modelSwappedWithSizeAndTimeKept_endsTheTrialsByItsName() throws Exception {
    assertEndedBy(
        trialsWith(() -> swap("model/m.onnx", onnx("Sub"))),
        "model/m.onnx: changed during the run, from sha256 ");
  }

  // A new tensor is no example of this run; a file written anew with its own content is the same.
  @Test
  void run_exampleAddedOrTouched_changesNothing() throws Exception {
    List<TrialResult> trials =
        trialsWith(
            () -> {
              tensor("00.npy", 9);
              tensor("1.npy", 2);
            });
    assertThat(trials).allMatch(trial -> trial.measured().isPresent());
    String first = trials.get(0).measured().orElseThrow().outputs().fingerprint();
    assertThat(trials)
        .allMatch(trial -> trial.measured().orElseThrow().outputs().fingerprint().equals(first));
    assertThat(ResultFiles.readRun(folder.resolve("out")).dataset().examples()).isEqualTo(2);
  }

  @Test
  void run_resumedWithOtherExternalData_isRefusedByItsName() throws Exception {
    Program program = Program.start("run", config, "--no-calibration");
    assertThat(program.says("[1/2]")).isTrue();
    program.killAfter(0);
    byte[] ones = new byte[16];
    ones[3] = 0x3F;
    swap("model/w.bin", ones);

    CommandRun resumed = CommandRun.of("run", config, "--resume", "--no-calibration");
    assertThat(resumed.exitCode()).isEqualTo(2);
    assertThat(resumed.err()).contains("model/w.bin\n  found:    sha256 ");
  }
}
