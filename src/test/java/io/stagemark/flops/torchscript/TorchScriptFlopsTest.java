package io.stagemark.flops.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.NodeCount;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.Reconciliation;
import io.stagemark.flops.onnx.OnnxFlops;
import io.stagemark.testdata.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Code followed on shapes: small archives worked by hand, and networks that exist in both files.
 */
final class TorchScriptFlopsTest {
  @TempDir private Path folder;

  private OperationCount count(TinyArchive archive, Long... shape)
      throws IOException, BadInputException {
    return TorchScriptFlops.count(archive.write(folder), List.of(List.of(shape)));
  }

  private TorchScriptFlops.ScriptCount follow(String... lines) throws Exception {
    Path file = new TinyArchive().forward(lines).write(folder);
    return TorchScriptFlops.follow(file, List.of(List.of(2L)));
  }

  @Test
  void follow_nestedResults_areAllNamed() throws Exception {
    assertThat(follow("return {\"output1\": x, \"b\": [x, x]}").outputs())
        .containsOnlyKeys("output1", "output2", "output3");
  }

  // 2^31 tensors in 12 lines, and a list that holds itself
  @Test
  void follow_resultsWithoutAnEnd_areCutOff() throws Exception {
    List<String> doubling = new ArrayList<>(List.of("a = [x, x]"));
    for (int i = 0; i < 10; i++) {
      doubling.add("a = [a, a, a, a, a, a, a, a]");
    }
    doubling.add("return a");
    TorchScriptFlops.ScriptCount cut = follow(doubling.toArray(String[]::new));
    assertThat(cut.outputs()).hasSizeLessThan(50_001);
    assertThat(cut.count().incompleteBecause()).anyMatch(why -> why.contains("stopped after"));
    assertThat(follow("a = [x]", "_0 = torch.append(a, a)", "return a").outputs()).isNotEmpty();
  }

  // 4 channels of 8x8 outputs, 3*9 products each
  @Test
  void count_convolution_followsItsAttributes() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("weight", 4, 3, 3, 3)
                .tensor("bias", 4)
                .forward(
                    "weight = self.weight",
                    "bias = self.bias",
                    "y = torch.conv2d(x, weight, bias, [1, 1], [1, 1], [1, 1], 1)",
                    "return torch.relu_(y)"),
            1L,
            3L,
            8L,
            8L);

    assertThat(count.total()).isEqualTo(new Operations(6912, 0, 256, 0, 256));
    assertThat(count.parameters()).isEqualTo(112);
    assertThat(count.weights().zeros()).isEqualTo(112);
  }

  // [1,4,5,5] x W [4,3,2,2], stride 2: 100 inputs of 12 products
  @Test
  void count_transposedInGeneralForm_countsInputPositions() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("w", 4, 3, 2, 2)
                .forward(
                    "_0 = torch._convolution(x, self.w, None, [2, 2], [0, 0], [1, 1], True, [0, 0],"
                        + " 1, False, False, True, True)",
                    "return _0"),
            1L,
            4L,
            5L,
            5L);

    assertThat(count.macs()).isEqualTo(1200);
    assertThat(count.perOp().get(0).outputShapes()).containsExactly(List.of(1L, 3L, 10L, 10L));
  }

  // sizes are numbers: the branch and the loop run as they would; 3 products of 2*5*4
  @Test
  void count_branchesAndLoopsOnSizes_runAsTheyWould() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("w", 5, 4)
                .forward(
                    "n = torch.sub(torch.size(x, -1), 1)",
                    "if torch.gt(torch.dim(x), 1):",
                    "  y = x",
                    "else:",
                    "  ops.prim.RaiseException(\"no batch\", \"builtins.ValueError\")",
                    "  y = x",
                    "parts = annotate(List[Tensor], [])",
                    "for i in range(n):",
                    "  _0 = torch.append(parts, torch.linear(y, self.w))",
                    "return torch.cat(parts, 1)"),
            2L,
            4L);

    assertThat(count.macs()).isEqualTo(3 * 2 * 5 * 4);
    assertThat(count.perOp().get(0).executions()).isEqualTo(3);
  }

  // T 7, B 1, I 3, H 4: 7 * 16 * 7 MACs
  @Test
  void count_lstm_equalsOnnxRule() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("ih", 16, 3)
                .tensor("hh", 16, 4)
                .tensor("h", 1, 1, 4)
                .forward(
                    "h = self.h",
                    "y, a, b, = torch.lstm(x, [h, h], [self.ih, self.hh], False, 1, 0., False,"
                        + " False, False)",
                    "return y"),
            7L,
            1L,
            3L);

    assertThat(count.macs()).isEqualTo(7 * 16 * 7);
    assertThat(count.parameters()).isEqualTo(16 * 7);
  }

  // scores [2,3,4,6]: 144 * (5 + 5)
  @Test
  void count_attention_countsBothProducts() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("k", 2, 3, 6, 5)
                .forward("return torch.scaled_dot_product_attention(x, self.k, self.k)"),
            2L,
            3L,
            4L,
            5L);

    assertThat(count.macs()).isEqualTo(1440);
  }

  @Test
  void count_modelThatRefusesItsInput_saysWhatItSays() throws IOException {
    Path file =
        new TinyArchive()
            .forward(
                "ops.prim.RaiseException(\"wants 4 extents\", \"builtins.ValueError\")", "return x")
            .write(folder);

    assertThatThrownBy(() -> TorchScriptFlops.count(file, List.of(List.of(1L))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("wants 4 extents");
  }

  @Test
  void count_unknownOperator_isListedAndEndsTheCount() throws IOException, BadInputException {
    OperationCount count =
        count(new TinyArchive().forward("return ops.mine.mystery(torch.relu(x))"), 3L);

    assertThat(count.complete()).isFalse();
    assertThat(count.uncounted().keySet()).anyMatch(name -> name.contains("mystery"));
    assertThat(count.total().comparisons()).isEqualTo(3);
  }

  @Test
  void count_dataDependentShape_saysThatDataIsNeeded() throws IOException, BadInputException {
    OperationCount count = count(new TinyArchive().forward("return torch.nonzero(x)"), 3L);

    assertThat(count.uncounted()).containsKey("aten::nonzero");
    assertThat(count.incompleteBecause()).anyMatch(reason -> reason.contains("needs data"));
    assertThat(count.complete()).isFalse();
  }

  @Test
  void count_endlessLoop_isCountedUpToTheLimit() throws IOException, BadInputException {
    OperationCount count =
        count(new TinyArchive().forward("while True:", "  y = x", "return x"), 1L);

    assertThat(count.complete()).isFalse();
    assertThat(count.incompleteBecause())
        .singleElement()
        .asString()
        .contains("stopped after", "the rest is not counted");
  }

  @Test
  void count_storageThatClaimsMore_isRefused() throws IOException {
    Path file =
        new TinyArchive().claiming(1_000_000_000).tensor("w", 4).forward("return x").write(folder);

    assertThatThrownBy(() -> TorchScriptFlops.count(file, List.of(List.of(1L))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("claimed");
  }

  // seeded: a broken byte must end in a count or in a problem, never in another exception
  @Test
  void count_anyBrokenByteOrTruncation_endsInACountOrAProblem() throws IOException {
    byte[] whole =
        Files.readAllBytes(
            new TinyArchive()
                .tensor("w", 5, 4)
                .forward("y = torch.linear(x, self.w)", "return torch.softmax(y, -1)")
                .write(folder));
    Random random = new Random(11);
    Path broken = folder.resolve("broken.pt");
    for (int i = 0; i < 400; i++) {
      byte[] bytes =
          i % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      if (i % 4 != 0) {
        bytes[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      }
      Files.write(broken, bytes);
      try {
        assertThat(TorchScriptFlops.count(broken, List.of(List.of(2L, 4L)))).isNotNull();
      } catch (BadInputException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  // docs/flops.md, by hand
  @Test
  void count_handWorkedScript_equalsEachOperator() throws BadInputException {
    OperationCount count =
        TorchScriptFlops.count(
            SharedFolder.require("models/misc.script.pt"), List.of(List.of(2L, 3L, 8L, 8L)));

    Map<String, Long> macs =
        count.perOp().stream()
            .collect(
                Collectors.groupingBy(
                    NodeCount::operator, Collectors.summingLong(node -> node.operations().macs())));
    assertThat(macs)
        .containsEntry("Conv", 6912L)
        .containsEntry("ConvTranspose", 8192L)
        .containsEntry("MatMul", 2560L)
        .containsEntry("LSTM", 67584L)
        .containsEntry("Einsum", 98304L);
  }

  @ParameterizedTest
  @CsvSource({
    "centernet_mbv3_coco_512, tower_0.images, 512",
    "yolox_nano_416, images, 416",
    "nanodet_m_416, input.1, 416",
  })
  void count_sameNetworkInBothFiles_agrees(String name, String input, long side)
      throws BadInputException {
    List<Long> shape = List.of(1L, 3L, side, side);
    OperationCount onnx =
        OnnxFlops.count(SharedFolder.require("models/" + name + ".onnx"), Map.of(input, shape));
    OperationCount torch =
        TorchScriptFlops.count(SharedFolder.require("models/" + name + ".pt"), List.of(shape));

    Reconciliation reconciliation = Reconciliation.of(onnx, torch);
    assertThat(reconciliation.agrees()).as(reconciliation.sentence()).isTrue();
    assertThat(torch.complete()).isTrue();
    assertThat(torch.macs()).isPositive().isEqualTo(onnx.macs());
  }
}
