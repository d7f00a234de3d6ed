/**
 * For people who write routes and templates: JUnit 5 tests on a real engine and a real PostgreSQL.
 *
 * <p>Reading order: {@link io.bactrian.testing.BactrianTest} on the test class, {@link
 * io.bactrian.testing.TestEngine} as a parameter of its methods, {@link
 * io.bactrian.testing.TaskRun} for what came out. Needs JUnit on the class path; nothing else of
 * Bactrian needs this package.
 */
@NullMarked
package io.bactrian.testing;

import org.jspecify.annotations.NullMarked;
