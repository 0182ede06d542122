internal import Foundation

// Under names of their own, so that only this file knows where they come from.
func sine(_ angle: Double) -> Double { sin(angle) }
func cosine(_ angle: Double) -> Double { cos(angle) }
func arcsine(_ value: Double) -> Double { asin(value) }
