package io.jenkins.plugins.darwin.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Our own version, from the jar's manifest. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "darwin "
                    + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                            .orElse("(not packaged)")
        };
    }
}
