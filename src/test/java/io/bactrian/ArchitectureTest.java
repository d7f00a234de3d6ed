package io.bactrian;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.bactrian", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule sqlStandsInStoreOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.bactrian.store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql", "javax.sql", "org.springframework.jdbc..", "org.postgresql..");

  @ArchTest
  static final ArchRule theCoreKnowsNoCamel =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.bactrian.json",
              "io.bactrian.template",
              "io.bactrian.task",
              "io.bactrian.batch",
              "io.bactrian.csv",
              "io.bactrian.checkpoint",
              "io.bactrian.store")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  @ArchTest
  static final ArchRule onlyTheWiringKnowsTheExample =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.bactrian", "io.bactrian.inventory")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.bactrian.inventory");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.bactrian.(*)..").should().beFreeOfCycles();
}
