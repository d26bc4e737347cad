package io.stagemark.output;

import java.util.List;

/** What is written into a folder, and the names in it that are the program's for that. */
@SuppressWarnings("ImmutableEnumChecker") // List.of is never changed
public enum OutputKind {
  /** A run, with what reporters make of it. */
  RUN(
      "a run",
      "--set output=",
      List.of(
          "result.json",
          "index.html",
          "report.md",
          "samples",
          "examples",
          "operations",
          "images",
          "trials",
          "bencher.json",
          "benchfmt.txt",
          "cases.csv",
          "github-bigger-is-better.json",
          "github-smaller-is-better.json",
          "hyperfine.json",
          "jmh.json",
          "loadgen-summary.txt",
          "metrics.prom",
          "model-index.yaml")),
  /** A live gate. */
  GATE(
      "a gate",
      "output: ",
      List.of("comparison.json", "comparison.md", "comparison.xml", "index.html", "samples")),
  /** A comparison of stored runs. */
  COMPARISON(
      "a comparison",
      "--output ",
      List.of("comparison.json", "comparison.md", "comparison.xml", "index.html")),
  /** The results of several machines side by side. */
  FLEET("a fleet's page", "--out ", List.of("index.html"));

  private final String label;
  private final String option;
  private final List<String> names;

  OutputKind(String label, String option, List<String> names) {
    this.label = label;
    this.option = option;
    this.names = names;
  }

  String label() {
    return label;
  }

  /** Returns how another folder is asked for. */
  String asking(String folder) {
    return option + folder;
  }

  /** Returns the names of files and folders at the top, without that of the list. */
  List<String> names() {
    return names;
  }
}
