package io.bactrian.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class whose methods get a {@link TestEngine} as a parameter.
 *
 * <p>The JVM has one PostgreSQL, the class a database of its own, each test method a node of its
 * own, which starts when it is first used. Routes under {@code routes/} and templates under {@code
 * templates/} of the class path are there already. Fields with Camel's {@code @BindToRegistry} are
 * bound before the routes are read, also in place of a bean of that name.
 */
@Documented
@Inherited
@ExtendWith(BactrianExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface BactrianTest {
  /** Folders with more task templates: paths, or {@code classpath:folder}. */
  String[] templates() default {};

  /**
   * Folders with more routes ({@code **}{@code /*.camel.yaml}): paths, or {@code classpath:folder}.
   */
  String[] routes() default {};

  /** Settings, {@code bactrian.x=y} each. */
  String[] settings() default {};
}
