public import ArgumentParser
public import Strata

extension Precision: @retroactive ExpressibleByArgument {}
