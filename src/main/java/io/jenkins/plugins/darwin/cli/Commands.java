package io.jenkins.plugins.darwin.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;

/** Makes the commands, each with the root command that holds the options of all. */
final class Commands implements CommandLine.IFactory {
    private final Darwin darwin;

    Commands(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Darwin.class) {
                return type.cast(constructor.newInstance(darwin));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
