package io.stagemark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of ARCHITECTURE.md: data flows one way, and each library stays behind its adapter. */
@AnalyzeClasses(packages = "io.stagemark", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule imports_pointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("cli")
          .definedBy("io.stagemark.cli..")
          .layer("run")
          .definedBy("io.stagemark.run..")
          .layer("config")
          .definedBy("io.stagemark.config..")
          .layer("compare")
          .definedBy("io.stagemark.compare..")
          .layer("task")
          .definedBy("io.stagemark.task..")
          .layer("dataset")
          .definedBy("io.stagemark.dataset..")
          .layer("preprocess")
          .definedBy("io.stagemark.preprocess..")
          .layer("engine")
          .definedBy("io.stagemark.engine..")
          .layer("postprocess")
          .definedBy("io.stagemark.postprocess..")
          .layer("scoring")
          .definedBy("io.stagemark.scoring..")
          .layer("flops")
          .definedBy("io.stagemark.flops..")
          .layer("machine")
          .definedBy("io.stagemark.machine..")
          .layer("stats")
          .definedBy("io.stagemark.stats..")
          .layer("report")
          .definedBy("io.stagemark.report..")
          .layer("output")
          .definedBy("io.stagemark.output..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("cli", "run", "compare")
          .whereLayer("compare")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("task")
          .mayOnlyBeAccessedByLayers("cli", "run", "config")
          .whereLayer("dataset")
          .mayOnlyBeAccessedByLayers("cli", "run", "config")
          .whereLayer("preprocess")
          .mayOnlyBeAccessedByLayers("run", "config", "task")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("cli", "run", "config", "flops")
          .whereLayer("postprocess")
          .mayOnlyBeAccessedByLayers("run", "config", "task")
          .whereLayer("scoring")
          .mayOnlyBeAccessedByLayers("cli", "run", "config", "task", "compare")
          .whereLayer("flops")
          .mayOnlyBeAccessedByLayers("cli", "run")
          .whereLayer("stats")
          .mayOnlyBeAccessedByLayers("run", "report", "compare", "cli", "machine")
          .whereLayer("machine")
          .mayOnlyBeAccessedByLayers("run", "cli")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("run", "compare", "cli")
          .whereLayer("output")
          .mayOnlyBeAccessedByLayers("run", "report", "compare", "cli");

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("io.stagemark.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule data_knowsOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("io.stagemark.data")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.stagemark.data", "java..", "jdk.incubator.vector..", "org.jspecify..");

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
          .resideInAnyPackage("io.stagemark.report..", "io.stagemark.stats..")
          .should()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "format", String.class, Object[].class)
          .because("they take the machine's locale: String.format(ROOT, ...)");

  @ArchTest
  static final ArchRule wallClock_isNeverUsedToMeasure =
      noClasses().should().callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule onlyTheCliExits =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stagemark.cli..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule onlyTheCliPrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stagemark.cli..")
          .should(ACCESS_STANDARD_STREAMS);
}
