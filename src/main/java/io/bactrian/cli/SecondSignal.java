package io.bactrian.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process at once when a second SIGTERM or SIGINT comes while the first still drains.
 *
 * <p>The JVM alone would ignore it until its shutdown hooks are through. Signals are no part of the
 * Java API: where they cannot be had, a second one is as without this class.
 */
final class SecondSignal {
  private static final Logger log = LoggerFactory.getLogger(SecondSignal.class);
  private static final AtomicBoolean FIRST = new AtomicBoolean(true);

  private SecondSignal() {}

  /**
   * From now on the first signal ends the process in order, the next one at once.
   *
   * @param exitCode how the process ends then
   */
  static void haltsWith(int exitCode) {
    for (String signal : new String[] {"TERM", "INT"}) {
      try {
        handle(signal, exitCode);
      } catch (ReflectiveOperationException e) {
        log.debug("a second {} will wait for the first", signal, e);
      }
    }
  }

  /**
   * The process ends already: the next signal ends it at once.
   *
   * @param exitCode how the process ends then
   */
  static void isTheNext(int exitCode) {
    FIRST.set(false);
    haltsWith(exitCode);
  }

  private static void handle(String name, int exitCode) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    Object handler =
        Proxy.newProxyInstance(
            SecondSignal.class.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return object(proxy, method, arguments);
              }
              stop(exitCode);
              return null;
            });
    try {
      Object unused =
          signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    } catch (InvocationTargetException e) {
      log.debug("the JVM keeps {} for itself", name, e);
    }
  }

  private static Object object(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == arguments[0];
      default -> "SecondSignal";
    };
  }

  private static void stop(int exitCode) {
    if (FIRST.compareAndSet(true, false)) {
      new Thread(() -> System.exit(exitCode), "bactrian-signal").start();
    } else {
      Runtime.getRuntime().halt(exitCode);
    }
  }
}
