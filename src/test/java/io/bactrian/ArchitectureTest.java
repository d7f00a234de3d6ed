package io.bactrian;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

@AnalyzeClasses(packages = "io.bactrian", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  /** The test kit hands a DataSource to tests; it has no SQL of its own. */
  @ArchTest
  static final ArchRule sqlStandsInStoreOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.bactrian.store", "io.bactrian.testing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql", "javax.sql", "org.springframework.jdbc..", "org.postgresql..");

  @ArchTest
  static final ArchRule onlyTheTestKitKnowsJunitAndNobodyKnowsTheTestKit =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.bactrian.testing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.bactrian.testing", "org.junit..", "org.opentest4j..");

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

  /**
   * {@code Database.jdbc} refuses SQL outside of a named transaction; here are the ways round it.
   */
  @ArchTest
  static final ArchRule onlyTheDatabaseBeginsTransactions =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.bactrian.store.Database")
          .and()
          .doNotHaveFullyQualifiedName("io.bactrian.store.NamedTransactions")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.springframework.transaction.support.TransactionTemplate")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(DataSourceTransactionManager.class)
          .orShould()
          .callMethod(DataSource.class, "getConnection")
          .orShould()
          .callMethod(Connection.class, "commit");

  /** The pool is asked for its schema before anybody has it. */
  @ArchTest
  static final ArchRule onlyTheDatabaseAndItsPoolMakeClients =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.bactrian.store.Database")
          .and()
          .doNotHaveFullyQualifiedName("io.bactrian.store.ConnectionPool")
          .should()
          .callMethod(JdbcClient.class, "create", DataSource.class);

  @ArchTest
  static final ArchRule onlyTheServersOwnLoginGoesPastThePool =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.bactrian.store.ServerProcess")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(DriverManager.class);

  /** Where a fact is made true, tests can stop; a file that a person asked for is none. */
  @ArchTest
  static final ArchRule onlyTheHomeRenames =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.bactrian.store.Home")
          .and()
          .doNotHaveFullyQualifiedName("io.bactrian.cli.WholeFile")
          .should()
          .callMethod(Files.class, "move", Path.class, Path.class, CopyOption[].class)
          .orShould()
          .callMethod(File.class, "renameTo", File.class);
}
