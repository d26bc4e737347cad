package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaseMatrixTest {
  @TempDir Path root;
  private ConfigBed bed;

  @BeforeEach
  void makeBed() throws IOException {
    bed = new ConfigBed(root.toRealPath());
    // any batch, and a file for each engine
    String card = bed.card().replace("shape: [1,", "shape: [N,");
    String onnx = card.lines().filter(line -> line.contains("onnx:")).findFirst().orElseThrow();
    bed.write(
        "models/toy/model.yaml",
        card.replace(onnx, onnx + "\n" + onnx.replace("onnx:", "torchscript:")));
  }

  private List<String> ids(String cases) throws BadInputException {
    return bed.read(yaml(cases)).cases().stream().map(CaseSpec::id).toList();
  }

  private static String yaml(String cases) {
    return ConfigBed.GOOD.substring(0, ConfigBed.GOOD.indexOf("cases:"))
        + "cases:\n"
        + cases.indent(2);
  }

  @Test
  void read_lists_multiplyInTheirOrder() throws BadInputException {
    assertThat(ids("model: toy\nengine: [pytorch, onnxruntime]\nthreads: [1, 2]\nbatch: [4, 1]"))
        .containsExactly(
            "toy/pytorch/cpu/t1/b4",
            "toy/pytorch/cpu/t1/b1",
            "toy/pytorch/cpu/t2/b4",
            "toy/pytorch/cpu/t2/b1",
            "toy/onnxruntime/cpu/t1/b4",
            "toy/onnxruntime/cpu/t1/b1",
            "toy/onnxruntime/cpu/t2/b4",
            "toy/onnxruntime/cpu/t2/b1");
  }

  @Test
  void read_exclude_dropsEveryCaseThatItMatches() throws BadInputException {
    assertThat(
            ids(
                """
                model: toy
                engine: [pytorch, onnxruntime]
                threads: [1, 2]
                exclude: [{engine: pytorch, threads: [2]}]
                """))
        .containsExactly(
            "toy/pytorch/cpu/t1/b1", "toy/onnxruntime/cpu/t1/b1", "toy/onnxruntime/cpu/t2/b1");
  }

  @Test
  void read_include_takesEveryValueOfAListThatItLeavesOut() throws BadInputException {
    assertThat(
            ids(
                """
                model: toy
                engine: [pytorch, onnxruntime]
                exclude: [{engine: pytorch}]
                include: [{batch: 8}]
                """))
        .containsExactly(
            "toy/onnxruntime/cpu/t1/b1", "toy/pytorch/cpu/t1/b8", "toy/onnxruntime/cpu/t1/b8");
  }

  @Test
  void read_includesAlone_areTheCases() throws BadInputException {
    assertThat(
            ids(
                """
                threads: 2
                include:
                  - {model: toy, engine: onnxruntime, device: 'cuda:1'}
                  - {model: toy, engine: constant, batch: [1, 2]}
                """))
        .containsExactly(
            "toy/onnxruntime/cuda:1/t2/b1", "toy/constant/cpu/t2/b1", "toy/constant/cpu/t2/b2");
  }

  @Test
  void read_caseTwice_isAProblem() {
    assertThat(bed.problems(yaml("model: toy\nengine: onnxruntime\ninclude: [{threads: 1}]")))
        .isEqualTo(
            """
            run.yaml:7: cases.model
              found:    the case toy/onnxruntime/cpu/t1/b1 a second time
              expected: each case once
              try:      remove the repeated value, or the include
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_sameModelByTwoNames_isAProblem() {
    assertThat(bed.problems(yaml("model: [toy, ./models/toy]\nengine: onnxruntime")))
        .startsWith("run.yaml:7: cases.model[1]\n  found:    the case toy/onnxruntime/cpu/t1/b1 a");
  }

  @Test
  void read_everyCaseExcluded_isAProblem() {
    assertThat(bed.problems(yaml("model: toy\nengine: constant\nexclude: [{model: toy}]")))
        .isEqualTo(
            """
            run.yaml:9: cases.exclude
              found:    every case excluded
              expected: at least one case
              try:      remove an exclude
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_excludeThatMatchesNothing_isAProblem() {
    assertThat(bed.problems(yaml("model: toy\nengine: constant\nexclude: [{engine: pytorhc}]")))
        .isEqualTo(
            """
            run.yaml:9: cases.exclude[0]
              found:    no case that it matches
              expected: values of the lists above, as they are written there
              try:      remove this entry, or mend its values
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_emptyListOrNone_isAProblem() {
    assertThat(bed.problems(yaml("model: []\nengine: constant")))
        .startsWith("run.yaml:7: cases.model\n  found:    an empty list\n");
    assertThat(bed.problems(yaml("engine: constant")))
        .startsWith("run.yaml:7: cases.model\n  found:    nothing: the key is missing\n");
    assertThat(bed.problems(yaml("include: [{model: toy}]")))
        .startsWith(
            """
            run.yaml:7: cases.include[0].engine
              found:    nothing: the key is missing, and so is cases.engine
            """);
  }

  @Test
  void read_tooManyCases_isAProblemBeforeTheyAreMade() {
    String numbers =
        java.util.stream.IntStream.rangeClosed(1, 200)
            .mapToObj(String::valueOf)
            .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
    assertThat(
            bed.problems(
                yaml("model: toy\nengine: constant\nthreads: " + numbers + "\nbatch: " + numbers)))
        .startsWith("run.yaml:7: cases\n  found:    40000 cases\n  expected: at most 10000 cases");
  }
}
