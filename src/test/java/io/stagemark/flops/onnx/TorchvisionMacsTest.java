package io.stagemark.flops.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Reconciliation;
import io.stagemark.flops.torchscript.TorchScriptFlops;
import io.stagemark.testdata.SharedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whole torchvision models, exported by src/test/scripts/export_torchvision.py into the folder that
 * -Dstagemark.torchvision names: every file there against the MACs that torch measured.
 */
final class TorchvisionMacsTest {
  private static final Map<String, Long> SIDES =
      Map.of(
          "efficientnet_b2", 288L,
          "efficientnet_b4", 380L,
          "efficientnet_v2_s", 384L,
          "swin_v2_s", 256L,
          "deeplabv3_resnet50", 520L,
          "lraspp_mobilenet_v3_large", 520L);

  /** Also in docs/flops.md; the table holds half of the models. */
  private static final Map<String, Long> KNOWN =
      Map.of("mobilenet_v2", 300774272L, "squeezenet1_1", 349151936L);

  @Test
  void count_everyExportedModel_equalsGoldenMacs() throws IOException, BadInputException {
    String folder = System.getProperty("stagemark.torchvision", "");
    assumeThat(folder)
        .as("no models: run src/test/scripts/export_torchvision.py, -Dstagemark.torchvision=OUT")
        .isNotEmpty();
    Map<String, Long> golden = golden();
    golden.putAll(KNOWN);
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replaceAll("\\..*", "");
        if (golden.containsKey(name)) {
          assertThat(count(file, name).macs()).as(file.toString()).isEqualTo(golden.get(name));
        }
      }
    }
  }

  /** The ONNX file of each network against its traced, scripted and frozen TorchScript files. */
  @Test
  void reconcile_everyPairOfFiles_agreesKindByKind() throws IOException, BadInputException {
    String folder = System.getProperty("stagemark.torchvision", "");
    assumeThat(folder).as("no models: see above").isNotEmpty();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".pt")).sorted().toList()) {
        String name = file.getFileName().toString().replaceAll("\\..*", "");
        Path onnx = Path.of(folder, name + ".onnx");
        if (Files.exists(onnx)) {
          Reconciliation both = Reconciliation.of(count(onnx, name), count(file, name));
          assertThat(both.agrees()).as(file + ": " + both.sentence()).isTrue();
        }
      }
    }
  }

  private static OperationCount count(Path file, String name) throws BadInputException {
    if (file.toString().endsWith(".onnx")) {
      return OnnxFlops.count(file, Map.of());
    }
    long side = SIDES.getOrDefault(name, 224L);
    return TorchScriptFlops.count(file, List.of(List.of(1L, 3L, side, side)));
  }

  private static Map<String, Long> golden() throws IOException {
    Map<String, Long> golden = new HashMap<>();
    for (String line :
        Files.readAllLines(SharedFolder.require("flops/golden_macs.csv"), StandardCharsets.UTF_8)) {
      String[] cells = line.split(",", -1);
      if (cells[2].matches("\\d+")) {
        golden.put(cells[0], Long.parseLong(cells[2]));
      }
    }
    return golden;
  }
}
