package org.einloom.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C while this is open: the first runs what it is told, the second ends the JVM. The JDK
 * offers that only as {@code sun.misc.Signal}, of the module {@code jdk.unsupported}, whose use the
 * compiler warns of; so it is called by reflection. Where it is missing Ctrl-C ends the JVM at
 * once.
 */
final class Interrupts implements AutoCloseable {
  /** As shells say it: 128 and the number of SIGINT. */
  static final int EXIT_CODE = 130;

  private static final String NAME = "INT";

  private final Runnable undo;

  private Interrupts(Runnable undo) {
    this.undo = undo;
  }

  /** From now on Ctrl-C runs this, in a thread of its own. */
  static Interrupts first(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      var handle = signal.getMethod("handle", signal, handler);
      Object sigint = signal.getConstructor(String.class).newInstance(NAME);
      Object mine =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(), new Class<?>[] {handler}, handler(action));
      Object before = handle.invoke(null, sigint, mine);
      return new Interrupts(
          () -> {
            try {
              handle.invoke(null, sigint, before);
            } catch (ReflectiveOperationException e) {
              throw new IllegalStateException(e);
            }
          });
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return new Interrupts(() -> {});
    }
  }

  @SuppressWarnings("ReferenceEquality") // of proxies there is no other
  private static InvocationHandler handler(Runnable action) {
    var again = new AtomicBoolean();
    return (proxy, method, args) ->
        switch (method.getName()) {
          case "handle" -> {
            if (again.getAndSet(true)) {
              Runtime.getRuntime().halt(EXIT_CODE);
            }
            action.run();
            yield null;
          }
          case "equals" -> proxy == args[0];
          case "hashCode" -> System.identityHashCode(proxy);
          default -> "Interrupts";
        };
  }

  @Override
  public void close() {
    undo.run();
  }
}
