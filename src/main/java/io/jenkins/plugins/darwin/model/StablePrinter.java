package io.jenkins.plugins.darwin.model;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;

/** Jackson's printer takes the line ending of the system it runs on; a digest must not depend on that. */
final class StablePrinter extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1L;

    StablePrinter() {
        super(new Separators().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        indentObjectsWith(new DefaultIndenter("  ", "\n"));
        indentArraysWith(new DefaultIndenter("  ", "\n"));
    }

    private StablePrinter(StablePrinter base) {
        super(base);
    }

    @Override
    public StablePrinter createInstance() {
        return new StablePrinter(this);
    }
}
