import Civic
import TestSupport
import Testing

@testable import Gazetteer

@Suite struct AddressRankingTests {
    @Test("The larger the uncertainty of a place, the lower the highest confidence")
    func falls() {
        let metres = Array(stride(from: 0.0, through: 20_000, by: 50))
        let most = metres.map { AddressRanking.most(atUncertainty: $0) }
        #expect(zip(most, most.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(zip(most, most.dropFirst()).allSatisfy { $0 - $1 < 0.03 }, "no jumps")
        #expect(most.first == 1)
    }

    @Test(arguments: [(200.0, 0.95), (400, 0.87), (800, 0.79), (3_200, 0.63), (6_400, 0.55), (1e9, 0.35)])
    func landmarks(metres: Double, most: Double) {
        #expect(abs(AddressRanking.most(atUncertainty: metres) - most) < 1e-9)
    }

    @Test(
        "No answer has more confidence than its uncertainty allows",
        arguments: [
            "Центральная 1/23", "Тохтарова 6", "Абая 300", "Ауэзова 15", "Райымбека 480", "Байтурсынова угол Жамбыла",
            "Р.Баглановой уг. Толе би", "Шарипова 12", "мкр Самал-2, 57",
        ]
    )
    func answersObey(query: String) throws {
        let results = Geocoder(try EmbeddedSnapshot.city()).answer(query, limit: 9, language: .ru).results
        #expect(!results.isEmpty)
        for result in results {
            let most = AddressRanking.most(atUncertainty: result.uncertainty ?? 0)
            #expect(result.confidence <= most + 1e-9)
        }
    }

    @Test("A house placed by the numbering convention alone is not a sure answer")
    func habit() throws {
        let first = try #require(
            Geocoder(try EmbeddedSnapshot.city()).answer("Тохтарова 6", language: .ru).results.first
        )
        #expect(first.match == .interpolated)
        #expect(first.confidence < 0.75)
        #expect(try #require(first.uncertainty) >= 800)
    }
}
