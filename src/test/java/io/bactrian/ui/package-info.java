/**
 * The dashboard in a real browser, against a real serving node. Begin with {@link
 * io.bactrian.ui.DashboardTest}; {@link io.bactrian.ui.Visit} is the browser, {@link
 * io.bactrian.ui.Warehouse} the node and its work. A machine without Chromium skips them and says
 * so.
 */
@NullMarked
package io.bactrian.ui;

import org.jspecify.annotations.NullMarked;
