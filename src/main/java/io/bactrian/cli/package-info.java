/** The command line. Entry point: {@code BactrianCommand}. */
@NullMarked
package io.bactrian.cli;

import org.jspecify.annotations.NullMarked;
