package io.bactrian.testing;

import org.apache.camel.BindToRegistry;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Makes the {@link TestEngine} of a test method and the database of its class. */
final class BactrianExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(BactrianExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestEngine.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(TestEngine.class, type -> engine(context), TestEngine.class);
  }

  private static TestEngine engine(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    TestDatabaseOfClass database =
        ofClass(context)
            .getOrComputeIfAbsent(
                test, type -> new TestDatabaseOfClass(), TestDatabaseOfClass.class);
    var engine = new TestEngine(database);
    AnnotationSupport.findAnnotation(test, BactrianTest.class).ifPresent(engine::configure);
    context.getTestInstance().ifPresent(instance -> bindFields(engine, test, instance));
    return engine;
  }

  private static void bindFields(TestEngine engine, Class<?> test, Object instance) {
    for (var field :
        ReflectionSupport.findFields(
            test,
            f -> f.isAnnotationPresent(BindToRegistry.class),
            HierarchyTraversalMode.TOP_DOWN)) {
      String given = field.getAnnotation(BindToRegistry.class).value();
      Object bean =
          ReflectionSupport.tryToReadFieldValue(field, instance)
              .getOrThrow(e -> new IllegalStateException(field + " cannot be read", e));
      if (bean == null) {
        throw new IllegalStateException(field + " is null; allowed: a bean to bind");
      }
      engine.bind(given.isEmpty() ? field.getName() : given, bean);
    }
  }

  private static Store ofClass(ExtensionContext context) {
    ExtensionContext up = context;
    while (up.getTestMethod().isPresent()) {
      up = up.getParent().orElseThrow();
    }
    return up.getStore(NAMESPACE);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestEngine engine = context.getStore(NAMESPACE).remove(TestEngine.class, TestEngine.class);
    if (engine != null) {
      engine.close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    TestDatabaseOfClass database =
        context
            .getStore(NAMESPACE)
            .remove(context.getRequiredTestClass(), TestDatabaseOfClass.class);
    if (database != null) {
      database.close();
    }
  }
}
