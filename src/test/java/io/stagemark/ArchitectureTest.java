package io.stagemark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.stagemark.gate.BlockMain;
import io.stagemark.trial.ChildEntry;
import io.stagemark.trial.TrialMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The arrows of ARCHITECTURE.md: data flows one way, and each library stays behind its adapter. */
@AnalyzeClasses(packages = "io.stagemark", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  /** The table of arrows in ARCHITECTURE.md: what each top folder may import. */
  @ArchTest
  static void imports_areTheArrowsOfTheDocument(JavaClasses classes) throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass each : classes) {
      String from = folder(each.getPackageName());
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        String to = folder(dependency.getTargetClass().getPackageName());
        if (!from.isEmpty() && !to.isEmpty() && !from.equals(to)) {
          found.computeIfAbsent(from, key -> new TreeSet<>()).add(to);
        }
      }
    }
    assertThat(rows(found)).containsExactlyElementsOf(rows(documented()));
  }

  private static List<String> rows(Map<String, Set<String>> arrows) {
    return arrows.entrySet().stream()
        .map(row -> "| `%s` | %s |".formatted(row.getKey(), String.join(", ", row.getValue())))
        .toList();
  }

  private static String folder(String packageName) {
    String[] parts = packageName.split("\\.");
    return packageName.startsWith("io.stagemark.") ? parts[2] : "";
  }

  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> arrows = new TreeMap<>();
    Pattern row = Pattern.compile("\\| `(\\w+)` \\| ([\\w, `]*) \\|");
    for (String line : Files.readAllLines(Path.of("ARCHITECTURE.md"))) {
      Matcher matcher = row.matcher(line);
      if (matcher.matches()) {
        arrows.put(matcher.group(1), new TreeSet<>(List.of(matcher.group(2).split(", "))));
      }
    }
    return arrows;
  }

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("io.stagemark.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule data_knowsOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("io.stagemark.data..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.stagemark.data..", "java..", "jdk.incubator.vector..", "org.jspecify..");

  @ArchTest
  static final ArchRule output_knowsOnlyDataAndTheJdk =
      classes()
          .that()
          .resideInAPackage("io.stagemark.output")
          .and()
          .haveSimpleNameNotEndingWith("Test")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.stagemark.output", "io.stagemark.data", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule onnxRuntime_isBehindItsAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stagemark.engine.onnxruntime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule djl_isBehindItsAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stagemark.engine.pytorch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..");

  @ArchTest
  static final ArchRule onnxRuntimeEngine_isFoundByNameAlone = foundByNameAlone("onnxruntime");

  @ArchTest static final ArchRule pyTorchEngine_isFoundByNameAlone = foundByNameAlone("pytorch");

  /** The engine of known latency answers with the constant engine's outputs. */
  @ArchTest
  static final ArchRule constantEngine_isFoundByNameAlone =
      foundByNameAlone("constant", "programmable");

  /** The engine of known latency is made to be calibrated with; a trial hands its times on. */
  @ArchTest
  static final ArchRule programmableEngine_isForCalibration =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.stagemark.engine.programmable..",
              "io.stagemark.calibrate..",
              "io.stagemark.run.process..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.stagemark.engine.programmable..");

  private static ArchRule foundByNameAlone(String engine, String... users) {
    String folder = "io.stagemark.engine." + engine + "..";
    String[] free =
        Stream.concat(
                Stream.of(folder),
                Stream.of(users).map(user -> "io.stagemark.engine." + user + ".."))
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideOutsideOfPackages(free)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(folder)
        .because("an engine is found through Registry<Engine>");
  }

  @ArchTest
  static final ArchRule imgproc_isForPixelsAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.stagemark.preprocess..", "io.stagemark.postprocess..", "io.stagemark.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.opencv.imgproc..");

  @ArchTest
  static final ArchRule reports_areTheSameInEveryLocale =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.stagemark.report..", "io.stagemark.result..", "io.stagemark.stats..")
          .should()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "format", String.class, Object[].class)
          .because("they take the machine's locale: String.format(ROOT, ...)");

  @ArchTest
  static final ArchRule wallClock_isNeverUsedToMeasure =
      noClasses().should().callMethod(System.class, "currentTimeMillis");

  /** Main classes of child JVMs: they talk to the parent by standard streams and exit codes. */
  private static final DescribedPredicate<JavaClass> ARE_NO_ENTRIES =
      DescribedPredicate.not(
          JavaClass.Predicates.belongToAnyOf(ChildEntry.class, TrialMain.class, BlockMain.class));

  @ArchTest
  static final ArchRule onlyTheCliExits =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stagemark.cli..")
          .and(ARE_NO_ENTRIES)
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule onlyTheCliPrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stagemark.cli..")
          .and(ARE_NO_ENTRIES)
          .should(ACCESS_STANDARD_STREAMS);
}
